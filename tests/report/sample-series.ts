import type { Bin, Bucket, Series } from '../../scripts/metrics/series.ts';
import { SAMPLE_STAGES, type SampleTurn } from './sample-turns.ts';

const BUCKET_MS = 5000;
const BIN_RATIO = 10 ** (1 / 12);

/** The figures' data of the simulated turns, in the shape that a real run gives. */
export function sampleSeries(turns: readonly SampleTurn[]): Series {
  const user = turns.filter(({ role }) => role === 'user');
  const measured = user.filter(({ atMs }) => atMs >= 30_000);
  const sorted = measured.map(({ latencyMs }) => latencyMs ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  return {
    bucketMs: BUCKET_MS,
    buckets: turns.length === 0 ? [] : buckets(turns, user),
    histogram: bins(sorted),
    percentiles:
      sorted.length === 0
        ? []
        : levels(sorted.length).map((q) => ({ q, ms: finite(sorted[Math.floor(q * sorted.length)]) })),
    heat: heat(user),
    events: turns.length === 0 ? [] : events(turns),
  };
}

function buckets(turns: readonly SampleTurn[], user: readonly SampleTurn[]): Bucket[] {
  return Array.from({ length: 64 }, (_, index) => {
    const atMs = index * BUCKET_MS;
    const during = (ms: number) => ms >= atMs && ms < atMs + BUCKET_MS;
    const started = user.filter((it) => during(it.atMs));
    const completed = user.filter((it) => it.latencyMs !== null && during(it.atMs + it.latencyMs));
    const sorted = started.map(({ latencyMs }) => latencyMs ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
    const at = (q: number) => finite(sorted[Math.floor(q * sorted.length)]);
    const inFlight = turns.filter((it) => it.atMs <= atMs && it.atMs + (it.latencyMs ?? 20_000) > atMs);
    return {
      atMs,
      started: started.length,
      completed: completed.length,
      good: completed.filter(({ status, rule }) => status === 200 && rule === null).length,
      conversationsInFlight: new Set(
        turns.filter((it) => it.atMs <= atMs && it.atMs + 6000 > atMs).map((it) => it.conversation),
      ).size,
      turnsInFlight: inFlight.length,
      p50: at(0.5),
      p95: at(0.95),
      p99: at(0.99),
    };
  });
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function levels(n: number): number[] {
  const last = 1 - 1 / n;
  return Array.from({ length: 200 }, (_, index) => 1 - 10 ** ((-index / 199) * -Math.log10(1 - last)));
}

function bins(values: readonly number[]): Bin[] {
  const counts = new Map<number, number>();
  for (const value of values.filter(Number.isFinite)) {
    const bin = Math.floor(Math.log(value) / Math.log(BIN_RATIO));
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([bin, count]) => ({ fromMs: BIN_RATIO ** bin, toMs: BIN_RATIO ** (bin + 1), count }));
}

function heat(user: readonly SampleTurn[]): Series['heat'] {
  return Array.from({ length: 64 }, (_, index) => index * BUCKET_MS).flatMap((atMs) =>
    bins(
      user
        .filter((it) => it.atMs >= atMs && it.atMs < atMs + BUCKET_MS)
        .map(({ latencyMs }) => latencyMs ?? Number.POSITIVE_INFINITY),
    ).map((bin) => ({ atMs, ...bin })),
  );
}

function events(turns: readonly SampleTurn[]): Series['events'] {
  const limited = turns.find(({ status }) => status === 429);
  return [
    ...SAMPLE_STAGES.map(({ name, startMs }) => ({ atMs: startMs, label: `${name} starts` })),
    ...(limited === undefined ? [] : [{ atMs: limited.atMs, label: 'first 429' }]),
  ].sort((a, b) => a.atMs - b.atMs);
}
