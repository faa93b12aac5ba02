import type { DriftBaseline } from '../../../contracts/generated/drift-baseline.ts';
import type { Replies } from '../../../contracts/generated/findings.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import { type Sighting, sighting } from '../sighting.ts';
import type { Said } from './wording/wording.ts';

const LEAST_BASELINES = 3;
const LEAST_REPLIES = 8;
/** Each text stands for so many replies. */
const TIMES = 6;
/** In each accepted run the most frequent text was at most so large a part of the replies. */
const SELDOM = 0.25;

/** Two texts, or a few, as the replies to everything, where those of the accepted runs differed; one text is judged without them. */
export function judgeFewTexts(
  replies: readonly Said[],
  mix: string,
  baselines: readonly Partial<Pick<DriftBaseline, 'replies'>>[],
): Sighting[] {
  const texts = new Set(replies.map(({ message }) => message)).size;
  if (replies.length < LEAST_REPLIES || texts < 2 || texts * TIMES > replies.length) return [];
  const known = baselines.flatMap(({ replies: accepted }) => (isComparable(accepted, mix) ? [accepted.sameness] : []));
  if (known.length < LEAST_BASELINES || known.some(({ k, n }) => k > SELDOM * n)) return [];
  const seen = { place: '/responses/200/body/1/message', expected: { distinct: true } };
  return replies.map(({ probe, message }) =>
    sighting({ ...seen, rule: DRIFT_RULES.replyConstant, probe, value: message }),
  );
}

function isComparable(accepted: Replies | null | undefined, mix: string): accepted is Replies {
  return accepted?.mix === mix && accepted.sameness.n >= LEAST_REPLIES;
}
