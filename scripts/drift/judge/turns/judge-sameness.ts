import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import type { SoundTurn } from '../chain-view.ts';
import { aiReplies } from './ai-replies.ts';

/** Fewer replies than this may be alike by chance. */
const LEAST_REPLIES = 8;

/** One text as the reply to everything. */
export function judgeSameness(turns: readonly SoundTurn[]): Sighting[] {
  const replies = aiReplies(turns);
  const [first] = replies;
  if (first === undefined || replies.length < LEAST_REPLIES) return [];
  if (replies.some(({ message }) => message !== first.message)) return [];
  const seen = { place: '/responses/200/body/1/message', expected: { distinct: true }, value: first.message };
  return replies.map(({ probe }) => sighting({ rule: DRIFT_RULES.replyConstant, probe, ...seen }));
}
