import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import type { SoundTurn } from '../chain-view.ts';
import { aiReplies } from './ai-replies.ts';

/** One reply may be a quotation. */
const LEAST_REPLIES = 8;
const PAIRS = ['""', "''", '\u201c\u201d', '\u00ab\u00bb', '[]', '()', '{}', '<>'];

/** Markup begins and ends with its own tags. */
const MARKUP = /^<[a-z!?]/i;

/** Replies that all stand in quotation marks or brackets. */
export function judgeWrapped(turns: readonly SoundTurn[]): Sighting[] {
  const replies = aiReplies(turns);
  const isIn = (pair: string, text: string): boolean =>
    text.length > 2 && text.startsWith(pair.charAt(0)) && text.endsWith(pair.charAt(1)) && !MARKUP.test(text);
  const pair = PAIRS.find((one) => replies.every(({ message }) => isIn(one, message.trim())));
  if (pair === undefined || replies.length < LEAST_REPLIES) return [];
  const seen = { place: '/responses/200/body/1/message', expected: { text: 'plain' } };
  return replies.map(({ probe, message }) =>
    sighting({ rule: DRIFT_RULES.replyGarbled, probe, ...seen, value: message }),
  );
}
