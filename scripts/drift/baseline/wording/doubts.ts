import type { DriftBaseline } from '../../../../contracts/generated/drift-baseline.ts';
import type { Wording } from '../../../../contracts/generated/findings.ts';
import { fisher } from '../../../foundation/statistics/fisher.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import type { Probe, Sighting } from '../../sighting.ts';
import { LEAST_BASELINES, wordingsOf } from './wording.ts';

const { replyGarbled, replyError, replyDegenerate } = DRIFT_RULES;
/** What replies of an agent for developers may say on purpose: placeholders, escapes, errors, the same line many times. */
const DOUBTFUL: readonly string[] = ['reply-template-leak', replyGarbled.id, replyError.id, replyDegenerate.id];
/** Less likely by chance than this, it is more than in the accepted runs. */
const UNLIKELY = 1e-3;

type Doubts = NonNullable<Wording['doubts']>;

/** How many replies each rule on doubtful texts found, of all that were answered. */
export function doubtsOf(sightings: readonly Sighting[], probes: readonly Probe[]): Doubts {
  const n = probes.filter(isReply).length;
  const counts = DOUBTFUL.flatMap((id) => {
    const shown = new Set(sightings.filter(({ rule }) => rule === id).map(({ probe }) => probe));
    return shown.size === 0 ? [] : [[id, { k: shown.size, n }] as const];
  });
  return Object.fromEntries(counts);
}

const isReply = ({ step, response: { events = [] } }: Probe): boolean =>
  step.turn?.role === 'user' && events.length > 1;

/** The sightings but those of texts that the accepted runs had as often: they are how this agent writes. */
export function withoutUsual(
  sightings: readonly Sighting[],
  doubts: Doubts,
  mix: string,
  baselines: readonly Partial<Pick<DriftBaseline, 'wording'>>[],
): readonly Sighting[] {
  const known = wordingsOf(mix, baselines);
  if (known.length < LEAST_BASELINES) return sightings;
  const isUsual = (rule: string): boolean => {
    const { k = 0, n = 0 } = doubts[rule] ?? {};
    const [k0, n0] = [sum(known, ({ doubts: own }) => own?.[rule]?.k ?? 0), sum(known, (one) => one.n)];
    return k0 > 0 && fisher(k0, Math.max(k0, n0), k, n) >= UNLIKELY;
  };
  const usual = DOUBTFUL.filter(isUsual);
  return sightings.filter(({ rule }) => !usual.includes(rule));
}

const sum = (known: readonly Wording[], of: (one: Wording) => number): number =>
  known.reduce((total, one) => total + of(one), 0);
