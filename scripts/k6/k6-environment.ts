type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of k6's outputs, which a user of `--out` sets; they do not change what is sent. */
const OUTPUT_VARIABLE = /^K6_(PROMETHEUS_RW|OTEL|INFLUXDB|STATSD|CSV|KAFKA|TIMESCALEDB|ELASTICSEARCH)_/;

/**
 * An environment for k6: any other inherited `K6_*` variable could change what the plan says (`K6_VUS=3` would run a
 * lane hundreds of times).
 */
export function k6Environment(env: Environment): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (!entry[0].startsWith('K6_') || OUTPUT_VARIABLE.test(entry[0])),
  );
  return Object.fromEntries(kept);
}
