import type { Change } from './changes.ts';
import { onShown } from './changes.ts';
import { good, type Json, list } from './mutation.ts';
import { both } from './novelty.ts';

const PREVIEW_CHARS = 80;

type Pair = (question: Json, reply: Json) => unknown;

/** Questions with their replies, by their place: a listing that is answered before its turn is changed, too. */
const pairsOf =
  (change: Pair) =>
  (events: readonly Json[]): void => {
    events.forEach((reply, index) => {
      const question = events[index - 1];
      if (reply.role === 'finibot' && question?.role === 'user') change(question, reply);
    });
  };

/** Questions with their replies, as turns are answered. */
const answeredPairs = (change: Pair): Change => good('turn', (body: unknown) => pairsOf(change)(list(body)));

/** Questions with their replies, as List and Get show them. */
export const readPairs = (change: Pair): Change => onShown((one) => pairsOf(change)(list(one.events)));

/** Questions with their replies, wherever they are shown. */
export const allPairs = (change: Pair): Change => both(answeredPairs(change), readPairs(change));

/** Previews begin the first message again, where that was changed. */
export const previewed: Change = onShown((one) => {
  const [first] = list(one.events);
  if (typeof first?.message === 'string') one.subjectPreview = first.message.slice(0, PREVIEW_CHARS);
});

/** What the AI says, wherever it is shown; a colleague's note of the same role is another thing. */
export const replies = (text: (message: string, reply: Json) => string): Change =>
  allPairs((_, reply) => Object.assign(reply, { message: text(String(reply.message), reply) }));
