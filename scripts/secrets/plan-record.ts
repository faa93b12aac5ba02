import { isDeepStrictEqual } from 'node:util';
import type { Plan } from '../../contracts/generated/plan.ts';
import { type Redact, redactStrings } from '../../contracts/redact.ts';
import { usageError } from '../errors.ts';
import { LEAST_SECRET } from './forms.ts';

/** A plan as it may be kept: without keys and personal data, and with a mark where that changed what is said. */
export function planRecord<P extends object>(plan: P, redact: Redact): P {
  const record = redactStrings(plan, redact) as P;
  if (!('workload' in plan && 'workload' in record)) return record;
  if (isDeepStrictEqual(plan.workload, record.workload)) return record;
  return { ...record, workload: { ...(record.workload as Plan['workload']), redacted: true } };
}

/** The texts that a workload says under some names of metadata, at any depth. */
export function fieldValues({ conversations }: Plan['workload'], fields: readonly string[]): string[] {
  const values = new Set<string>();
  const collect = (value: unknown, isNamed: boolean): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) collect(item, isNamed || fields.includes(name));
    } else if (isNamed && (typeof value === 'string' || typeof value === 'number')) values.add(String(value));
  };
  if (fields.length === 0) return [];
  for (const { metadata, turns } of conversations) {
    collect(metadata, false);
    for (const turn of turns) collect(turn.metadata, false);
  }
  return [...values];
}

/**
 * The key travels in the Authorization header and nowhere else.
 * @throws HarnessError (2) where it is part of what is sent
 */
export function assertKeyless(
  { target, config, workload }: Pick<Plan, 'target' | 'config' | 'workload'>,
  env: Readonly<Record<string, string | undefined>>,
): void {
  const key = env.FINI_API_KEY?.trim() ?? '';
  const parts = { 'the target': target, 'the configuration': config, 'the workload': workload };
  for (const [name, part] of Object.entries(parts)) {
    if (key.length < LEAST_SECRET || !JSON.stringify(part).includes(JSON.stringify(key).slice(1, -1))) continue;
    throw usageError(`${name} holds the API key: take it out; the harness sends it in the Authorization header alone`);
  }
}
