import { COMMON_METRICS, isDuration, isShare, metricText, parseMetric } from '../../../contracts/gate-metric.ts';
import type { GateSetting } from '../../../contracts/generated/config.ts';
import type { Gate } from '../../../contracts/generated/plan.ts';
import { didYouMean } from '../../foundation/nearest.ts';
import { type Complaint, explain } from '../../foundation/schema/explain.ts';
import { validatorOf } from '../../foundation/schema/validator.ts';
import { durationMs, isDurationText, LONGEST_MS } from './duration.ts';
import type { Layer } from './layers.ts';

/** What no run is judged without, unless a configuration says so: a fast answer that is wrong is not fast. */
const ALWAYS: readonly Gate[] = [
  { metric: 'errors.share', op: '<=', limit: 0.01 },
  { metric: 'violations.count', op: '==', limit: 0 },
  { metric: 'late.share', op: '<=', limit: 0.005 },
];

/** Of scenarios that name no gates of their own. */
const LATENCY: readonly Gate[] = [
  { metric: 'latency.p95', op: '<', limit: 15_000 },
  { metric: 'latency.p99', op: '<', limit: 30_000 },
];

export interface Gates {
  readonly gates: readonly Gate[];
  /** Metrics of gates that are turned off. */
  readonly gatesOff: readonly string[];
}

/**
 * The gates of the layers, lowest first, merged by metric over the default ones: a layer's gates take the place of those of
 * the same metric and direction below it, and `off` takes them away.
 */
export function mergeGates(layers: readonly Layer[]): Gates & { readonly complaints: readonly string[] } {
  const complaints: string[] = [];
  const named = layers.filter(({ values }) => values.gates !== undefined);
  let merged: Gates = {
    gates: [...(named.some(({ name }) => name === 'scenario') ? [] : LATENCY), ...ALWAYS],
    gatesOff: [],
  };
  for (const layer of named) {
    const { steps, wrong } = read(layer.values.gates);
    complaints.push(...wrong.map(({ pointer, text }) => `${layer.nameOf(pointer)} ${text}`));
    merged = over(merged, steps);
  }
  return { ...merged, complaints };
}

interface Off {
  readonly off: string;
}

function over({ gates, gatesOff }: Gates, steps: readonly (Gate | Off)[]): Gates {
  const set = steps.flatMap((step) => ('off' in step ? [] : [step]));
  const off = steps.flatMap((step) => ('off' in step ? [step.off] : []));
  const isReplaced = (gate: Gate): boolean =>
    set.some(({ metric, op }) => metric === gate.metric && (op === '==' || sideOf(op) === sideOf(gate.op)));
  return {
    gates: [...gates.filter((gate) => !isReplaced(gate) && !off.includes(gate.metric)), ...set],
    gatesOff: [...new Set([...gatesOff.filter((metric) => !set.some((gate) => gate.metric === metric)), ...off])],
  };
}

/** Whether a gate keeps a metric down or up; `== 0` keeps a count down. */
const sideOf = (op: Gate['op']): boolean => op.startsWith('>');

function read(settings: unknown): { steps: (Gate | Off)[]; wrong: Complaint[] } {
  const validate = validatorOf('config');
  if (!validate({ gates: settings })) return { steps: [], wrong: explain(validate.errors ?? []) };
  const steps: (Gate | Off)[] = [];
  const wrong: Complaint[] = [];
  for (const [index, setting] of (settings as GateSetting[]).entries()) {
    const step = stepOf(setting);
    if ('pointer' in step) wrong.push({ ...step, pointer: `/gates/${index}${step.pointer}` });
    else steps.push(step);
  }
  const both = steps.find((step) => 'off' in step && steps.some((it) => !('off' in it) && it.metric === step.off));
  if (both !== undefined && 'off' in both) {
    wrong.push({ pointer: '/gates', text: `sets ${both.off} and also turns it off: remove one of the two` });
  }
  return { steps, wrong };
}

function stepOf({ metric: text, op, limit, minSample }: GateSetting): Gate | Off | Complaint {
  if (parseMetric(text) === undefined) return { pointer: '/metric', text: unknownMetric(text) };
  const metric = metricText(text);
  if (limit === 'off') return { off: metric };
  if (op === undefined) return { pointer: '/op', text: 'is missing' };
  const value = limitOf(metric, limit);
  if (typeof value === 'string') return { pointer: '/limit', text: value };
  const gate = { metric, op, limit: value, ...(minSample === undefined ? {} : { minSample }) };
  // Every share is at most 1: this is how some turn a gate off, and reports shall say so.
  if (op === '<=' && isShare(metric) && value === 1) return { off: metric };
  const sense = senselessness(gate);
  return sense === undefined ? gate : { pointer: '', text: sense };
}

function unknownMetric(text: string): string {
  const [name = ''] = text.split('{');
  const hint = parseMetric(name) === undefined ? didYouMean(name, COMMON_METRICS) : SELECTOR_HINT;
  return `must be one of ${COMMON_METRICS.join(', ')}, with selectors such as {stage:spike}; got ${JSON.stringify(text)}${hint}`;
}

const SELECTOR_HINT =
  ': selectors are stage, role, language and script, each at most once, such as {stage:spike,language:de}';

/** A limit as a number in the unit of its metric; text where it is none, saying what it must be. */
function limitOf(metric: string, limit: number | string): number | string {
  const got = `, got ${JSON.stringify(limit)}`;
  if (isDuration(metric)) {
    const ms = typeof limit === 'number' ? limit : isDurationText(limit) ? durationMs(limit) : Number.NaN;
    return ms > 0 && ms <= LONGEST_MS
      ? ms
      : `must be a duration above 0 and at most 168h, such as "8s" or 8000 (ms)${got}`;
  }
  if (isShare(metric)) {
    const share = typeof limit === 'number' ? limit : percentOf(limit);
    const meant = typeof limit === 'number' && limit > 1 ? `, which is ${limit * 100}%` : '';
    return share >= 0 && share <= 1 ? share : `must be a share from 0% to 100%, such as "1%" or 0.01${got}${meant}`;
  }
  return Number.isSafeInteger(limit) && (limit as number) >= 0
    ? (limit as number)
    : `must be a number of turns, 0 or more${got}`;
}

const percentOf = (text: string): number => {
  const [, percent] = /^(\d+(?:\.\d+)?) ?%$/.exec(text) ?? [];
  return percent === undefined ? Number.NaN : Number(percent) / 100;
};

/** Why a gate judges nothing: whatever a service does, it holds, or it does not. */
function senselessness({ metric, op, limit }: Gate): string | undefined {
  const most = isShare(metric) ? 1 : Number.POSITIVE_INFINITY;
  const gate = `${metric} ${op} ${limit}`;
  if (op === '>=' && limit === 0) return `${gate} can never fail: "limit": "off" turns a gate off`;
  if ((op === '<' && limit === 0) || (op === '>' && limit === most)) return `${gate} can never pass`;
  return undefined;
}
