import type { Gate } from '../../../contracts/generated/plan.ts';
import { clopperPearson, leastSample } from '../../foundation/statistics/binomial.ts';
import type { Measurements } from '../metrics/measure.ts';
import { estimate, type Interval, percentile, type Ranked } from '../metrics/percentile.ts';
import type { ShareSeries } from '../metrics/shares.ts';
import type { Evidence } from './gate.ts';

const QUANTILES = { 'latency.p50': 0.5, 'latency.p90': 0.9, 'latency.p95': 0.95, 'latency.p99': 0.99 } as const;

/** Reasons for which lanes stop sending that speak of the service, not of the key. */
const SERVICE_FAILS = ['failing', 'rate-limited'];

/** What makes the generator the cause, where it was. */
export interface Validity {
  /** Whatever a run shows, it says nothing of the service. */
  readonly isInvalid?: boolean;
  /** The load was not the planned one, for turns left late: a fail that their lateness does not explain stays one. */
  readonly isLate?: boolean;
}

/** What a run shows of a metric. */
export function evidenceOf(metric: Gate['metric'], measurements: Measurements, validity: Validity = {}): Evidence {
  return { ...shown(metric, measurements, validity), missingLines: measurements.lanes.missingLines };
}

function shown(metric: Gate['metric'], measurements: Measurements, validity: Validity): Evidence {
  const { shares, lateness, ranked } = measurements;
  switch (metric) {
    case 'latency.p50':
    case 'latency.p90':
    case 'latency.p95':
    case 'latency.p99':
      return {
        ...latency(ranked, QUANTILES[metric]),
        ...validity,
        ...(lateness === undefined
          ? {}
          : {
              onTime: latency(lateness.removed, QUANTILES[metric]),
              later: latency(lateness.added, QUANTILES[metric]),
            }),
      };
    case 'errors.share': {
      const errors = hasFailedEarly(measurements) ? shares.allErrors : shares.errors;
      return { ...proportion(errors), ...validity, ...onTimeOf(errors, -shares.late.worst, validity) };
    }
    case 'goodput.share':
      return {
        ...proportion(shares.goodput),
        ...validity,
        ...onTimeOf(shares.goodput, shares.late.worst, validity),
      };
    case 'late.share':
      return {
        ...proportion(shares.late),
        miss: validity.isLate === true ? 'generator' : 'harmless',
      };
    case 'violations.count':
      return violationCount(measurements);
    default:
      return metric satisfies never;
  }
}

/** A share as good as it could have been, had no turn left late. */
function onTimeOf(series: ShareSeries, turns: number, { isLate }: Validity): Pick<Evidence, 'onTime'> {
  if (isLate !== true) return {};
  const moved = (k: number): number => Math.min(series.n, Math.max(0, k + turns));
  return { onTime: proportion({ ...series, worst: moved(series.worst), best: moved(series.best) }) };
}

/** What fails before the measured stages begin, and so much that the run stops, is no less a failure. */
function hasFailedEarly({ shares, lanes }: Measurements): boolean {
  return shares.errors.n === 0 && lanes.breakers.some(({ reason }) => SERVICE_FAILS.includes(reason));
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
  const seen = interval(worst);
  return {
    n,
    nEffective: n / deff,
    needs: 1,
    worst: seen,
    best: interval(best),
    observed: (needs) =>
      n === 0 || n / deff < needs
        ? { value: null, lower: n === 0 ? null : seen.lower, upper: n === 0 ? null : seen.upper, needs }
        : { value: seen.point, lower: seen.lower, upper: seen.upper },
  };
}

/** Turns of the whole run. A count is what it is, whatever the sample. */
function violationCount({ counts }: Measurements): Evidence {
  const { withViolations: violations, unread = 0 } = counts;
  // Of what was not read nothing is known.
  const answered = Math.max(counts.answered - unread, violations);
  const seen = { point: violations, lower: violations, upper: violations };
  return {
    n: answered,
    nEffective: answered,
    needs: 1,
    best: seen,
    worst: seen,
    observed: (needs) =>
      answered < needs
        ? { value: null, lower: violations, upper: null, needs }
        : { value: violations, lower: violations, upper: violations },
  };
}
