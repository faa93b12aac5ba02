import { isUnfinished } from '../../baseline/unfinished.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import type { SoundTurn } from '../chain-view.ts';
import { aiReplies } from './ai-replies.ts';

/** Different texts that end at the same character, which is none that ends a sentence, and that none goes beyond. */
const LEAST_CUT = 3;
/** Shorter texts are as long as others by chance; longer ones were made long by something else. */
const LENGTHS = [20, 10_000] as const;
/** Texts that begin alike are one text with different numbers in it. */
const BEGINNING = 12;

/** Replies that a limit of characters cuts. */
export function judgeCut(turns: readonly SoundTurn[]): Sighting[] {
  const replies = aiReplies(turns);
  const most = Math.max(0, ...replies.map(({ message }) => message.length));
  const cut = replies.filter(({ message }) => message.length === most && isUnfinished(message));
  const texts = new Set(cut.map(({ message }) => message.slice(0, BEGINNING)));
  if (texts.size < LEAST_CUT || most < LENGTHS[0] || most > LENGTHS[1]) return [];
  return cut.map(({ probe, message }) =>
    sighting({
      rule: DRIFT_RULES.replyCut,
      probe,
      place: '/responses/200/body/1/message',
      expected: { maxLength: 'none' },
      value: message.slice(-80),
    }),
  );
}
