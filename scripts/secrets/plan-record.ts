import { isDeepStrictEqual } from 'node:util';
import type { Plan } from '../../contracts/generated/plan.ts';
import {
  HIDDEN_E_MAIL,
  PERSONAL,
  type Redact,
  redactStrings,
  redact as redactUnknown,
} from '../../contracts/redact.ts';
import { usageError } from '../foundation/errors.ts';
import type { PersonalData } from '../foundation/guard.ts';
import { LEAST_SECRET } from './forms.ts';

/**
 * A plan as it may be kept: without keys and personal data, and with a mark where that changed what is said. Only what
 * users write is looked at: a pattern must not change the names of metrics, without which the plan says nothing.
 */
export function planRecord<P extends object>(plan: P, redact: Redact): P {
  if (!isRunPlan(plan)) return redactStrings(plan, redact) as P;
  const { personalData } = plan.config as { personalData?: PersonalData };
  const conversations = redactStrings(
    withoutFields(plan.workload.conversations, personalData?.fields ?? []),
    redact,
  ) as Plan['workload']['conversations'];
  const isSame = isDeepStrictEqual(plan.workload.conversations, conversations);
  const template = { customerEmail: redact(plan.customerEmail ?? '') };
  return {
    ...plan,
    ...(plan.customerEmail === undefined ? {} : template),
    workload: isSame ? plan.workload : { ...plan.workload, conversations, redacted: true },
    config: {
      ...plan.config,
      ...(plan.config.customerEmail === undefined ? {} : template),
      ...(personalData === undefined ? {} : { personalData: redactStrings(personalData, redact) }),
    },
  };
}

const isRunPlan = (plan: object): plan is Plan => 'workload' in plan && 'config' in plan;

/** Numbers and short texts under these names, too, which are not looked for elsewhere. */
function withoutFields(value: unknown, fields: readonly string[]): unknown {
  if (fields.length === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withoutFields(item, fields));
  const clean = Object.entries(value).map(([name, item]) => {
    const isDatum = fields.includes(name) && (typeof item === 'string' || typeof item === 'number');
    return [name, isDatum ? PERSONAL : withoutFields(item, fields)];
  });
  return Object.fromEntries(clean);
}

/** The texts that a workload says under some names of metadata, at any depth. */
export function fieldValues({ conversations }: Plan['workload'], fields: readonly string[]): string[] {
  const values = new Set<string>();
  const collect = (value: unknown, isNamed: boolean): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) collect(item, isNamed || fields.includes(name));
    } else if (isNamed && typeof value === 'string') values.add(value);
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
    throw usageError(`${name} contains the API key: remove it; the harness sends it in the Authorization header only`);
  }
}

/** Keys of a configuration that may hold an address: the record of a plan hides it there. */
const HIDDEN_KEYS = ['customerEmail', 'personalData'];

/**
 * A run whose plan holds an e-mail address would end in quarantine, after it has been paid for.
 * @throws HarnessError (2) where one stands in what the record of the plan shows as it is
 */
export function assertImpersonal({ target, config }: Pick<Plan, 'target' | 'config'>): void {
  const { botId } = target;
  for (const [name, part] of Object.entries({ ...config, botId })) {
    if (HIDDEN_KEYS.includes(name) || !redactUnknown(JSON.stringify(part) ?? '').includes(HIDDEN_E_MAIL)) continue;
    throw usageError(`${name} contains an e-mail address: remove it; results must not contain personal data`);
  }
}
