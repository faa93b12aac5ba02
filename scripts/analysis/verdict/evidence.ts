import { type GateMetric, parseMetric, whereText } from '../../../contracts/gate-metric.ts';
import type { Gate } from '../../../contracts/generated/plan.ts';
import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { leastSample } from '../../foundation/statistics/least-sample.ts';
import type { Measurements } from '../metrics/measure.ts';
import { estimate, type Interval, percentile, type Ranked } from '../metrics/percentile.ts';
import type { ShareSeries } from '../metrics/shares.ts';
import type { Slice, Timed } from '../metrics/slice.ts';
import type { Evidence } from './gate.ts';

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
export function evidenceOf(name: Gate['metric'], measurements: Measurements, validity: Validity = {}): Evidence {
  const metric = parseMetric(name);
  const slice = metric && measurements.slices.get(whereText(metric.where));
  if (metric === undefined || slice === undefined) throw new Error(`no measurement of ${name}`);
  return { ...shown(metric, slice, measurements, validity), missingLines: measurements.lanes.missingLines };
}

function shown(
  { family, quantile = 0.5, where }: GateMetric,
  slice: Slice,
  measurements: Measurements,
  validity: Validity,
): Evidence {
  const { shares, violations } = slice;
  switch (family) {
    case 'latency':
      return { ...timed(slice.latency, quantile), ...validity };
    case 'waiting':
      return { ...timed(slice.waiting ?? slice.latency, quantile), ...validity };
    case 'errors': {
      const isEarly = where.stage === undefined && hasFailedEarly(shares, measurements);
      const errors = isEarly ? shares.allErrors : shares.errors;
      return { ...proportion(errors), ...validity, ...onTimeOf(errors, -shares.late.worst, validity) };
    }
    case 'goodput':
      return {
        ...proportion(shares.goodput),
        ...validity,
        ...onTimeOf(shares.goodput, shares.late.worst, validity),
      };
    case 'late':
      return {
        ...proportion(shares.late),
        miss: validity.isLate === true ? 'generator' : 'harmless',
      };
    case 'violations':
      return violationCount(violations);
    default:
      return family satisfies never;
  }
}

/** A percentile, and what it would be, had no turn left late, or each late one later. */
function timed({ ranked, lateness }: Timed, q: number): Evidence {
  return {
    ...latency(ranked, q),
    ...(lateness === undefined ? {} : { onTime: latency(lateness.removed, q), later: latency(lateness.added, q) }),
  };
}

/** A share as good as it could have been, had no turn left late. */
function onTimeOf(series: ShareSeries, turns: number, { isLate }: Validity): Pick<Evidence, 'onTime'> {
  if (isLate !== true) return {};
  const moved = (k: number): number => Math.min(series.n, Math.max(0, k + turns));
  return { onTime: proportion({ ...series, worst: moved(series.worst), best: moved(series.best) }) };
}

/** What fails before the measured stages begin, and so much that the run stops, is no less a failure. */
function hasFailedEarly(shares: Slice['shares'], { lanes }: Measurements): boolean {
  return shares.errors.n === 0 && lanes.breakers.some(({ reason }) => SERVICE_FAILS.includes(reason));
}

function latency(ranked: Ranked, q: number): Evidence {
  const found = percentile(ranked, q);
  // The longest of these turns is what it is, whatever the sample.
  const [worst, best] = q === 1 ? [exact(found.worst), exact(found.best)] : [found.worst, found.best];
  const { n, nEffective } = found;
  return {
    n,
    nEffective,
    needs: q === 1 ? 1 : leastSample(q),
    worst,
    best,
    observed: (needs) => estimate({ ...found, worst }, needs),
  };
}

const exact = ({ point }: Interval): Interval => ({ point, lower: point, upper: point });

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

/** A count is what it is, whatever the sample. */
function violationCount({ answered: all, unread, violated: violations }: Slice['violations']): Evidence {
  // Of what was not read nothing is known.
  const answered = Math.max(all - unread, violations);
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
