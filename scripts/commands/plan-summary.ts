import type { Gate, Plan } from '../../contracts/generated/plan.ts';
import { hasCustomerText } from '../foundation/text/customer-text.ts';
import type { Today } from '../run/admission/today.ts';
import { hostOf, isLoopback } from '../run/config/base-url.ts';
import { plannedSample, starvedGates } from '../run/plan/planned-sample.ts';
import type { Prepared } from '../run/plan/prepare.ts';
import { isHarmless } from '../run/plan/safety.ts';
import { countTurns } from '../run/plan/turn-budget.ts';

/** Of a plan, what its summary says as it stands there. */
const KEPT = [
  'scenario',
  'model',
  'concurrency',
  'seed',
  'stages',
  'windowMs',
  'drainMs',
  'timeoutMs',
  'lanes',
  'conversations',
  'turns',
  'gatesOff',
  'gatesStarved',
] as const;
type Kept = (typeof KEPT)[number];

/** What a run would send and cost, without the schedule and the texts. Counts are `null` where only time bounds them. */
export interface PlanSummary extends Pick<Plan, Kept> {
  /** What the scenario is for. */
  readonly purpose: string;
  /** `null`: the reference server, which the run starts itself. */
  readonly target: { readonly baseUrl: string; readonly botId: string | null } | null;
  /** Turns that cost an AI reply, at most. */
  readonly userTurns: number | null;
  /** About how many of them fall in measured stages. */
  readonly measuredUserTurns: number | null;
  /** `null`: not known. */
  readonly price: { readonly perTurn: number; readonly atMost: number | null; readonly currency: string } | null;
  readonly continuation: Plan['continuation']['strategy'];
  readonly workload: {
    readonly source: string;
    readonly sha256: string;
    readonly scripts: number;
    /** Absent where nothing in it was said by customers. */
    readonly customerText?: true;
  };
  /** `starvedOf`: the effective sample that the gate needs and this plan will not give. */
  readonly gates: readonly (Gate & { readonly starvedOf?: number })[];
  /** What `--confirm-target` has to name. */
  readonly confirmTarget: string | null;
  /** Where a limit a day is set: what the day has spent. */
  readonly today?: Today;
}

/** @param embedded whether the run would bring the reference server */
export function summarise({ plan, profile }: Pick<Prepared, 'plan' | 'profile'>, embedded: boolean): PlanSummary {
  const { workload, continuation, price, target, gates } = plan;
  const users = countTurns(plan)?.users;
  const starved = new Map(starvedGates(plan).map(({ gate, needs }) => [gate, needs]));
  return {
    ...keptOf(plan),
    purpose: profile.summary,
    target: embedded ? null : { baseUrl: target.baseUrl, botId: target.botId === '' ? null : target.botId },
    userTurns: users ?? null,
    measuredUserTurns: plannedSample(plan) ?? null,
    price: price === undefined ? null : { ...price, atMost: users === undefined ? null : users * price.perTurn },
    continuation: continuation.strategy,
    workload: {
      ...{ source: workload.source, sha256: workload.sha256, scripts: workload.conversations.length },
      ...(hasCustomerText(workload) ? { customerText: true as const } : {}),
    },
    gates: gates.map((gate) => {
      const starvedOf = starved.get(gate);
      return starvedOf === undefined ? gate : { ...gate, starvedOf };
    }),
    confirmTarget: embedded || isLoopback(target.baseUrl) || isHarmless(plan, profile) ? null : hostOf(target.baseUrl),
  };
}

/** What the plan does not have, its summary does not have either. */
function keptOf(plan: Plan): Pick<Plan, Kept> {
  const kept = KEPT.flatMap((key) => (plan[key] === undefined ? [] : [[key, plan[key]] as const]));
  return Object.fromEntries(kept) as unknown as Pick<Plan, Kept>;
}
