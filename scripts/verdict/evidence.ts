import type { Gate } from '../../contracts/generated/plan.ts';
import { clopperPearson, leastSample } from '../metrics/binomial.ts';
import type { Measurements } from '../metrics/measure.ts';
import { estimate, type Interval, percentile, type Ranked } from '../metrics/percentile.ts';
import type { ShareSeries } from '../metrics/shares.ts';
import type { Evidence } from './gate.ts';

const QUANTILES = { 'latency.p50': 0.5, 'latency.p90': 0.9, 'latency.p95': 0.95, 'latency.p99': 0.99 } as const;

/** What a run shows of a metric; `invalid` is what makes the generator the cause, where it was. */
export function evidenceOf(metric: Gate['metric'], measurements: Measurements, invalid?: string): Evidence {
  const { shares, ranked } = measurements;
  const validity = invalid === undefined ? {} : { invalid };
  switch (metric) {
    case 'latency.p50':
    case 'latency.p90':
    case 'latency.p95':
    case 'latency.p99':
      return { ...latency(ranked, QUANTILES[metric]), ...validity };
    case 'errors.share':
      return { ...proportion(shares.errors), ...validity };
    case 'goodput.share':
      return { ...proportion(shares.goodput), ...validity };
    case 'late.share':
      return {
        ...proportion(shares.late),
        excuse: 'late starts are the fault of the load generator, not of the service',
      };
    case 'violations.count':
      return violationCount(measurements);
    default:
      return metric satisfies never;
  }
}

function latency(ranked: Ranked, q: number): Evidence {
  const { n, nEffective, worst, best, ...rest } = percentile(ranked, q);
  return {
    n,
    nEffective,
    needs: leastSample(q),
    worst,
    best,
    observed: (needs) => estimate({ n, nEffective, worst, best, ...rest }, needs),
  };
}

function proportion({ n, deff, worst, best }: ShareSeries): Evidence {
  const interval = (k: number): Interval => {
    const [lower, upper] = clopperPearson(k / deff, n / deff);
    return { point: k / n, lower, upper };
  };
  const shown = interval(worst);
  return {
    n,
    nEffective: n / deff,
    needs: 1,
    worst: shown,
    best: interval(best),
    observed: (needs) =>
      n === 0 || n / deff < needs
        ? { value: null, lower: n === 0 ? null : shown.lower, upper: n === 0 ? null : shown.upper, needs }
        : { value: shown.point, lower: shown.lower, upper: shown.upper },
  };
}

/** Turns of the whole run. A count is what it is, whatever the sample; each missing line may have told of one more. */
function violationCount({ counts, lanes }: Measurements): Evidence {
  const { withViolations: violations, answered } = counts;
  const seen = { point: violations, lower: violations, upper: violations };
  const unbounded = Number.POSITIVE_INFINITY;
  return {
    n: answered,
    nEffective: answered,
    needs: 1,
    best: seen,
    worst: lanes.missingLines === 0 ? seen : { point: unbounded, lower: violations, upper: unbounded },
    observed: (needs) =>
      answered < needs
        ? { value: null, lower: violations, upper: null, needs }
        : { value: violations, lower: violations, upper: violations },
  };
}
