import { Counter, Rate, Trend } from 'k6/metrics';
import { type Family, parseMetric } from '../../contracts/gate-metric.ts';
import type { Gate } from '../../contracts/generated/plan.ts';
import { settings } from './plan.ts';

// The gates again as k6 thresholds, so that outputs that a user adds to k6 show them. The judge in Node decides.
const latency = new Trend('turn_latency', true);
const errors = new Rate('turn_errors');
const violations = new Counter('turn_violations');
const late = new Rate('turn_late');
const good = new Rate('turn_good');

/** A turn of a measured stage, settled. */
export interface MeasuredTurn {
  /** Only of these latency and goodput are. */
  readonly isUser: boolean;
  readonly latencyMs: number;
  readonly failed: boolean;
  readonly violated: boolean;
  readonly late: boolean;
}

// A sample that no gate asks for would only cost time.
const isGated = (prefix: string): boolean => settings.gates.some(({ metric }) => metric.startsWith(prefix));
const gated = {
  latency: isGated('latency.'),
  errors: isGated('errors.'),
  late: isGated('late.'),
  goodput: isGated('goodput.'),
};

export function measure(turn: MeasuredTurn): void {
  if (gated.latency && turn.isUser) latency.add(turn.latencyMs);
  if (gated.errors) errors.add(turn.failed);
  if (gated.late) late.add(turn.late);
  if (gated.goodput && turn.isUser) good.add(!turn.failed && !turn.violated);
  if (turn.violated) violations.add(1);
}

const AGGREGATES: Readonly<
  Record<Exclude<Family, 'latency' | 'waiting'>, readonly [metric: string, aggregate: string]>
> = {
  errors: ['turn_errors', 'rate'],
  violations: ['turn_violations', 'count'],
  late: ['turn_late', 'rate'],
  goodput: ['turn_good', 'rate'],
};

/** k6's `thresholds` option for these gates: for those that are about all turns, and not about the first byte. */
export function thresholdsOf(gates: readonly Gate[]): Record<string, string[]> {
  const thresholds: Record<string, string[]> = {};
  for (const { metric, op, limit } of gates) {
    const parsed = parseMetric(metric);
    if (parsed === undefined || parsed.family === 'waiting' || Object.keys(parsed.where).length > 0) continue;
    const { family, quantile = 1 } = parsed;
    const level = quantile === 1 ? 'max' : `p(${Number((100 * quantile).toFixed(2))})`;
    const [name, aggregate] = family === 'latency' ? ['turn_latency', level] : AGGREGATES[family];
    thresholds[name] = [...(thresholds[name] ?? []), `${aggregate}${op}${limit}`];
  }
  return thresholds;
}
