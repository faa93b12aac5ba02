import type { Chain, DriftPlan, Step } from '../../../contracts/generated/drift-plan.ts';
import type { Kind } from '../../reference-server/index.ts';

/** What of a plan an operator can touch, or shows in. */
interface Focus {
  /** Conversations of users. */
  readonly user: boolean;
  /** Conversations that another role starts. */
  readonly notes: boolean;
  /** Listings, agents, and removals of those conversations. */
  readonly siblings: boolean;
  /** Kinds of probes that must be refused, or may be. */
  readonly refused: RegExp;
}

/** Kinds that only user turns, and what is read back of them, are of. */
const USER: readonly Kind[] = ['U', 'START', 'C', 'O', 'K', 'M', 'W', 'X', 'H', 'N'];
const SIBLINGS: readonly Kind[] = ['G', 'L', 'B', 'D'];
const NONE = /^$/;
/** Of invalid requests of any kind, a third of them on removals: so many that a rare drift shows in the others, too. */
const ENOUGH = 240;
/** A listing, a reading or a removal that is granted against the rules is an exchange of these kinds, as good as any. */
const OF_OTHERS = /^(A5.*|A7|LF)$/;

/** Probes that make exchanges of a kind; of any other kind those of the same name do. */
const PROBES: Partial<Record<Kind, RegExp>> = {
  'N*': /^(N\d+|G|A7)$/,
  N6: /^(N6|G)$/,
  'A*': /^A\d/,
  A1: /^(A1|A6|A9)$/,
  A3: /^(A3|A8)$/,
  A5: /^A5/,
};

/** Undefined: of all of it. */
function focusOf(on: readonly Kind[]): Focus | undefined {
  const isWithin = (kinds: readonly Kind[]): boolean => on.every((kind) => kinds.includes(kind));
  const turns = { siblings: false, refused: NONE };
  if (isWithin(USER)) return { ...turns, user: true, notes: false };
  if (isWithin(['R'])) return { ...turns, user: false, notes: true };
  if (isWithin([...USER, 'R', 'TURN'])) return { ...turns, user: true, notes: true };
  if (isWithin(SIBLINGS)) return { user: true, notes: !isWithin(['G']), siblings: true, refused: OF_OTHERS };
  if (!on.every((kind) => /^[NA]/.test(kind))) return undefined;
  const probes = on.map((kind) => PROBES[kind]?.source ?? `^${kind}$`);
  return { user: false, notes: false, siblings: false, refused: new RegExp(probes.join('|')) };
}

/**
 * A plan without the probes that an operator cannot touch, as the kinds of its exchanges tell: a trial that costs a fraction
 * of a whole one, and has as many probes that can show it. Chains keep their places.
 */
export function focused(on: readonly Kind[]): (plan: DriftPlan) => DriftPlan {
  const focus = focusOf(on);
  if (focus === undefined) return (plan) => plan;
  return ({ chains, ...plan }) => {
    let due = on.every((kind) => kind === 'N*') ? ENOUGH : Number.POSITIVE_INFINITY;
    const refusals = chains.map(({ steps }) => {
      const tried = due > 0 ? steps.filter((step) => isRefusal(step) && focus.refused.test(step.kind)) : [];
      due -= tried.length;
      return tried;
    });
    const targets = new Set(refusals.flat().map(({ of }) => of));
    const isKept = (chain: Chain): boolean => targets.has(chain.id) || isOfTurns(chain, focus);
    const kept = new Set(chains.filter(isKept).map(({ id }) => id));
    const isLeft = (step: Step): boolean =>
      step.of === undefined ? isListing(step, focus) : focus.siblings && kept.has(step.of);
    return {
      ...plan,
      chains: chains.map((chain) => ({
        ...chain,
        steps: kept.has(chain.id)
          ? chain.steps.map((step) => (focus.siblings ? step : narrowed(step)))
          : chain.steps.filter(
              (step) =>
                refusals[chain.id]?.includes(step) || (startsNothing(chain) && !isRefusal(step) && isLeft(step)),
            ),
      })),
    };
  };
}

/** Where it is not listings that are tried, a look for a conversation lists no more than are begun at a time. */
function narrowed(step: Step): Step {
  return step.do === 'find' ? { ...step, path: step.path.replace('limit=20', 'limit=8') } : step;
}

const startsNothing = ({ steps }: Chain): boolean => steps[0]?.turn === undefined;

/** Whether a request must be refused, or filters all away. */
function isRefusal({ do: action, turn, kind, expect }: Step): boolean {
  return action === 'send' && turn === undefined && (kind === 'LF' || (expect.statuses[0] ?? 0) >= 400);
}

/** Of the turns of other roles those are enough that have nothing else to them, and are read back. */
function isOfTurns({ phase, steps: [first] }: Chain, { user, notes }: Focus): boolean {
  if (first?.turn === undefined || first.auth.key !== 'main') return false;
  return first.turn.role === 'user' ? user : notes && phase === 1 && first.kind === 'R';
}

function isListing({ do: action }: Step, { user, siblings }: Focus): boolean {
  return action === 'page' ? user : siblings && action !== 'tidy';
}
