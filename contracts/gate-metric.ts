import type { Gate } from './generated/plan.ts';

/** What a gate may ask of turns. */
export const FAMILIES = ['latency', 'waiting', 'errors', 'violations', 'late', 'goodput'] as const;
export type Family = (typeof FAMILIES)[number];

/** Which turns a gate may be about, in the order in which a metric names them. */
export const SELECTORS = ['stage', 'role', 'language', 'script'] as const;
export type Selector = (typeof SELECTORS)[number];
export type Where = Readonly<Partial<Record<Selector, string>>>;

/** Metrics as people write them, for messages and editors; any percentile from p50 to p99.99 is one. */
export const COMMON_METRICS = [
  ...(['latency', 'waiting'] as const).flatMap((family) =>
    ['p50', 'p90', 'p95', 'p99', 'p99.9', 'max'].map((level) => `${family}.${level}`),
  ),
  'errors.share',
  'violations.count',
  'late.share',
  'goodput.share',
];

/** `latency.p99.9{stage:spike,role:agent}`, in its parts. */
export interface GateMetric {
  readonly family: Family;
  /** Of latency and waiting; 1 is the maximum. */
  readonly quantile?: number;
  readonly where: Where;
}

const LEAST_PERCENT = 50;
const MOST_PERCENT = 99.99;
const NAME = /^(?:(latency|waiting)\.(?:(max)|p(\d+(?:\.\d+)?))|(errors|late|goodput)\.share|(violations)\.count)$/;

/** The parts of a metric's name; undefined for what is none. */
export function parseMetric(text: string): GateMetric | undefined {
  const [, name = '', braces] = /^([^{}]*)(?:\{([^{}]*)\})?$/.exec(text.trim()) ?? [];
  const [, timed, max, percent, share, violations] = NAME.exec(name.trim()) ?? [];
  const family = (timed ?? share ?? violations) as Family | undefined;
  const where = braces === undefined ? {} : parseSelectors(braces);
  if (family === undefined || where === undefined) return undefined;
  if (timed === undefined) return { family, where };
  if (max !== undefined) return { family, quantile: 1, where };
  const level = Number(percent);
  return level < LEAST_PERCENT || level > MOST_PERCENT
    ? undefined
    : { family, quantile: Number((level / 100).toFixed(6)), where };
}

function parseSelectors(text: string): Where | undefined {
  const where: Partial<Record<Selector, string>> = {};
  for (const part of text.split(',')) {
    const colon = part.indexOf(':');
    const key = SELECTORS.find((name) => name === part.slice(0, colon).trim());
    const value = part.slice(colon + 1).trim();
    if (colon < 0 || key === undefined || value === '' || where[key] !== undefined) return undefined;
    where[key] = value;
  }
  return where;
}

/** The selectors of a metric in one spelling, empty without any: gates with equal ones are about the same turns. */
export function whereText(where: Where): string {
  const parts = SELECTORS.flatMap((key) => (where[key] === undefined ? [] : [`${key}:${where[key]}`]));
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

/** A metric's name in one spelling. */
export function metricText(text: string): string {
  const metric = parseMetric(text);
  return metric === undefined ? text : `${(/^[^{]*/.exec(text) ?? [''])[0].trim()}${whereText(metric.where)}`;
}

/** The family of a metric, whatever turns it is about; that of a metric that is none is undefined. */
export function familyOf(metric: Gate['metric']): Family | undefined {
  return FAMILIES.find((family) => metric.startsWith(`${family}.`));
}

/** Whether values of a metric are durations in ms. */
export function isDuration(metric: string): boolean {
  const family = familyOf(metric);
  return family === 'latency' || family === 'waiting';
}

/** Whether values of a metric are shares from 0 to 1. */
export function isShare(metric: string): boolean {
  return /^\w+\.share(\{|$)/.test(metric);
}
