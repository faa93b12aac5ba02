import { randomUUID } from 'node:crypto';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { usageError } from '../../foundation/errors.ts';
import { HARNESS_VERSION } from '../../foundation/package-root.ts';
import { durationMs } from '../config/duration.ts';
import type { PlanInput } from './plan-input.ts';
import { type PlannedLoad, plannedLoad } from './planned-load.ts';
import { leadMs } from './shared-lanes.ts';
import { lawOf, thinkTimeOf } from './think-time.ts';

/**
 * Decides everything that a run sends, and how it is judged. The same input, time and id give the same plan.
 * @throws HarnessError (2) where the flags ask for what the scenario cannot do
 */
export function makePlan(input: PlanInput): Plan {
  const { scenario, config, workload, target } = input;
  const { price, patience } = config;
  const { runners = 1, keepTexts } = input;
  const load = plannedLoad(input);
  return {
    version: 1,
    runId: input.runId ?? randomUUID(),
    scenario,
    createdAt: (input.now ?? new Date()).toISOString(),
    harness: HARNESS_VERSION,
    target,
    seed: config.seed,
    ...load,
    ...(runners === 1 ? {} : { runners }),
    drainMs: durationMs(config.drain),
    timeoutMs: durationMs(config.timeout),
    leadMs: leadMs(runners),
    continuation: continuationOf(input, load),
    breaker: { ...config.breaker },
    thinkTime: thinkTimeOf(input),
    ...(patience === undefined ? {} : { patience: lawOf(patience) }),
    retryOnce: config.retryOnce,
    references: config.references,
    tracing: config.tracing,
    ...(keepTexts === undefined ? {} : { keepTexts }),
    customerEmail: config.customerEmail,
    connections: config.connections,
    gates: [...config.gates],
    ...(config.gatesOff.length === 0 ? {} : { gatesOff: [...config.gatesOff] }),
    strict: config.strict,
    workload,
    ...(price === undefined ? {} : { price: { perTurn: price.perTurn, currency: price.currency ?? 'USD' } }),
    config: { ...config },
    ...(input.contract === undefined ? {} : { contract: input.contract }),
  };
}

function continuationOf({ config, ids }: PlanInput, { conversations }: PlannedLoad): Plan['continuation'] {
  const { strategy } = config.continuation;
  if (strategy === 'pool') {
    if (conversations === null) {
      throw usageError(
        'continuation strategy pool prepares all conversations before the load: limit them with --conversations or --max-turns',
      );
    }
    return { strategy, poolSize: conversations };
  }
  return { strategy, ...(ids === undefined ? {} : { ids: [...ids] }) };
}
