import type { AppliedOverlay, DriftPlan } from '../../../contracts/generated/drift-plan.ts';
import type { Io } from '../../foundation/io.ts';
import { durationMs } from '../../run/config/duration.ts';
import { hasKey } from '../../run/config/environment.ts';
import type { FullConfig } from '../../run/config/load.ts';
import { makeDriftPlan } from './make-drift-plan.ts';

/** What decides a drift check, besides its target and the keys of the environment. */
export interface DriftRequest {
  readonly budget: string;
  readonly config: FullConfig;
  readonly contract?: AppliedOverlay | undefined;
  /** Whether findings are accepted: what is known to be broken decides nothing. */
  readonly hasAccepted?: boolean;
}

/** The budget that stops once paid turns have told what further ones would tell. */
const AUTO = 'auto';

/** The plan of a check of this target, with the probes that the environment has keys and bots for. */
export function requestedPlan(
  { budget, config, contract, hasAccepted = false }: DriftRequest,
  target: DriftPlan['target'],
  env: Io['env'],
): DriftPlan {
  const now = Date.now();
  const plan = makeDriftPlan({
    runId: `drift-${now.toString(36)}`,
    budget: budget === AUTO ? 'standard' : budget,
    seed: config.seed,
    now,
    timeoutMs: durationMs(config.timeout),
    target,
    otherBotId: env.FINI_OTHER_BOT_ID || undefined,
    taggedBotId: env.FINI_TAGGED_BOT_ID || undefined,
    keys: {
      read: hasKey(env, 'FINI_READ_KEY'),
      write: hasKey(env, 'FINI_WRITE_KEY'),
      revoked: hasKey(env, 'FINI_REVOKED_KEY'),
      other: hasKey(env, 'FINI_OTHER_KEY'),
    },
  });
  // An overlay may allow what the harness's own contract forbids, by which k6 decides.
  const stops = budget === AUTO && contract === undefined && !hasAccepted;
  const judged = {
    ...plan,
    ...(contract !== undefined && { contract }),
    ...(stops && { stopsWhenDecided: true }),
  };
  if (target.insecureTls !== true) return judged;
  return { ...judged, notTested: [...plan.notTested, { kind: 'TLS', code: 'tls-not-verified' }] };
}
