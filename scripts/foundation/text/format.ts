import { isDuration, isShare } from '../../../contracts/gate-metric.ts';
import type { Estimate, GateResult, Share } from '../../../contracts/generated/result.ts';

/** How every output writes a number: with its unit, three significant digits, and never better than it is. */

/** A duration given in ms, for reading: `4.2 ms`, `742 ms`, `1.24 s`, `124 s`, `12 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 0) return `−${duration(-ms)}`;
  if (ms === 0) return '0 ms';
  if (ms < 9.95) return `${significant(ms, 2)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 599_500) return `${significant(ms / 1000, 3)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A duration as it was configured, without rounding: `250 ms`, `15 s`. */
export function exactDuration(ms: number): string {
  return Math.abs(ms) < 1000 ? `${trim(ms, 3)} ms` : `${trim(ms / 1000, 6)} s`;
}

/** A share from 0 to 1 as a percentage. Only an exact 0 or 1 is written as one. */
export function share(value: number): string {
  const percent = value * 100;
  if (percent === 0 || percent === 100) return `${percent}%`;
  if (percent < 0.01) return '< 0.01%';
  if (percent > 99.99) return '> 99.99%';
  if (percent > 99) return `${percent.toFixed(2)}%`;
  return `${percent < 1 ? trim(Number(percent.toPrecision(2)), 6) : percent.toFixed(1)}%`;
}

/** A whole number with thousands separators. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** A count with its noun, and what agrees with it, in the right number: `1 turn`, `12 turns`, `0 turns`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${Math.round(value) === 1 ? one : many}`;
}

/** A rate per second: `2.1/s`. */
export const perSecond = (value: number): string => `${rateFigure(value)}/s`;

/** A rate per second of what is counted: `2.1 turns/s`. */
export const perSecondOf = (value: number, noun: string): string => `${rateFigure(value)} ${noun}/s`;

function rateFigure(value: number): string {
  return value >= 1000 ? count(value) : trim(Number(value.toPrecision(3)), value < 0.1 ? 6 : 3);
}

export function bytes(value: number): string {
  if (value < 1e6) return `${Math.max(1, Math.round(value / 1e3))} kB`;
  return value < 1e9 ? `${Math.round(value / 1e6)} MB` : `${significant(value / 1e9, 3)} GB`;
}

/** A point in time given in epoch ms: `2026-11-23 05:48:52 UTC`. */
export function instant(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A moment as its offset from time zero of the schedule: `1:05`, `2:10:00`. */
export function clock(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const head = hours === 0 ? String(minutes) : `${hours}:${String(minutes).padStart(2, '0')}`;
  return `${ms < 0 ? '−' : ''}${head}:${String(seconds % 60).padStart(2, '0')}`;
}

/** An estimate: its value, `≥ 20 s` where the sample only bounds it, or what it needs to be known. */
export function estimate(it: Estimate, unit: (value: number) => string = duration): string {
  if (it.value === null) return it.needs === undefined ? 'not known' : `not known (${lack(it)})`;
  return it.censored === true ? `≥ ${unit(it.value)}` : unit(it.value);
}

/** The effective sample that an unknown estimate needs, and the one that it has: `needs 299, has 60`. */
export function lack({ needs, nEffective }: Estimate): string {
  if (needs === undefined) return '';
  return `needs ${count(needs)}${nEffective === undefined ? '' : `, has ${count(Math.floor(nEffective))}`}`;
}

/** The 95 % interval of an estimate or a share: `[1.18 s, 1.31 s]`; empty where there is none, or nothing to say. */
export function interval(it: Pick<Estimate, 'lower' | 'upper'>, unit: (value: number) => string = duration): string {
  if (it.lower === it.upper || (!it.lower && it.upper === null)) return '';
  return `[${it.lower === null ? '0' : unit(it.lower)}, ${it.upper === null ? '∞' : unit(it.upper)}]`;
}

/** The same for a narrow column: `1.18–1.31 s`. */
export function narrowInterval({ lower, upper }: Pick<Estimate, 'lower' | 'upper'>): string {
  if (interval({ lower, upper }) === '') return '';
  const [from, to] = [lower === null ? '0' : duration(lower), upper === null ? '∞' : duration(upper)];
  const [, unit] = /^[\d.]+( [a-z]+)$/.exec(to) ?? [];
  return `${unit !== undefined && from.endsWith(unit) ? from.slice(0, -unit.length) : from}–${to}`;
}

/** A p-value. */
export const probability = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

/** A share with its counts: `1.2% (6 of 512)`; with an empty sample, that. */
export function shareOf(it: Share): string {
  return it.value === null ? 'not known (0 turns)' : `${share(it.value)} (${count(it.k)} of ${count(it.n)})`;
}

/** How values of a gate's metric are written, from the metric's name. */
export function metricUnit(metric: string): (value: number) => string {
  if (isDuration(metric)) return duration;
  return isShare(metric) ? share : count;
}

/** A gate's limit with its comparison: `< 15 s`, `≤ 1%`, `= 0`. */
export function gateLimit(gate: Pick<GateResult, 'metric' | 'op' | 'limit'>): string {
  return `${OPERATORS[gate.op]} ${exactly(gate.metric, gate.limit)}`;
}

/** What a gate observed; never rounded onto its limit, so that the verdict can be read off the two. */
export function gateObserved(gate: Pick<GateResult, 'metric' | 'limit' | 'observed'>): string {
  const unit = metricUnit(gate.metric);
  const { value } = gate.observed;
  if (value !== null && value !== gate.limit && unit(value) === unit(gate.limit)) {
    return estimate(gate.observed, (exact) => exactly(gate.metric, exact));
  }
  return estimate(gate.observed, unit);
}

const OPERATORS: Readonly<Record<GateResult['op'], string>> = { '<': '<', '<=': '≤', '>': '>', '>=': '≥', '==': '=' };

function exactly(metric: string, value: number): string {
  if (isDuration(metric)) return exactDuration(value);
  return isShare(metric) ? `${trim(value * 100, 6)}%` : trim(value, 6);
}

function significant(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  const whole = Math.floor(Math.log10(Math.abs(rounded))) + 1;
  return rounded.toFixed(Math.max(0, digits - whole));
}

/** At most `digits` decimals, without trailing zeros. */
function trim(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
