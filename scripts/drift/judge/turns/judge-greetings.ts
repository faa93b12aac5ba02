import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import type { SoundTurn } from '../chain-view.ts';
import { aiReplies } from './ai-replies.ts';

/** One or two may greet for a reason. */
const LEAST_REPLIES = 3;
const HAIL =
  '(?:hi|hello|hey|welcome|greetings|good (?:morning|afternoon|evening)|hallo|guten tag|hola|bonjour|salut|ciao|ol[a\u00e1])';
const OFFER =
  '(?:(?:how|what) (?:can|may) (?:i|we) (?:help|assist|do)|wie kann ich|comment puis-je|en quoi puis-je|(?:c\u00f3mo|en qu\u00e9) puedo|come posso|como posso)';
const GREETING = new RegExp(
  `^\\W*${HAIL}\\b[^.!?\\n]{0,40}[.!,?]*\\s*(?:\u00bf?${OFFER}\\b[^.!?\\n]{0,60}\\??)?\\s*$`,
  'iu',
);

/** Replies that do nothing but greet, where a conversation goes on: it is not known any more. */
export function judgeGreetings(turns: readonly SoundTurn[]): Sighting[] {
  const further = aiReplies(turns.filter(({ probe }) => probe.step.turn?.continued === true));
  if (further.length < LEAST_REPLIES || !further.every(({ message }) => GREETING.test(message))) return [];
  const seen = { place: '/responses/200/body/1/message', expected: { not: 'a greeting' } };
  return further.map(({ probe, message }) =>
    sighting({ rule: DRIFT_RULES.replyGreeting, probe, ...seen, value: message }),
  );
}
