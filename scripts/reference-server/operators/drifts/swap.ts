import type { Answer } from '../../answer.ts';
import type { Exchange } from '../../exchange.ts';
import type { Operator } from '../operator.ts';

interface Parked {
  readonly exchange: Exchange;
  readonly answer: Answer;
  readonly release: (answer: Answer) => void;
}

const ID = 'answers-swapped';
/** An answer that finds no partner goes out as it is. */
const PATIENCE_MS = 1_000;

/** Two turns get each other's answers. */
export const SWAP: Operator = {
  id: ID,
  title: "two turns get each other's answers",
  on: ['U'],
  held: (answer, exchange) => {
    const { memory } = exchange.world;
    if (memory.has(ID)) return Promise.resolve(answer);
    return new Promise((resolve) => {
      const release = (sent: Answer): void => {
        clearTimeout(patience);
        memory.delete(ID);
        resolve(sent);
      };
      const patience = setTimeout(() => release(answer), PATIENCE_MS);
      memory.set(ID, { exchange, answer, release } satisfies Parked);
    });
  },
};

/** The answer that a user turn gets: its own, or that of a parked turn of another conversation, which gets its own in turn. */
export function claimParked(answer: Answer, exchange: Exchange): Answer {
  const parked = exchange.world.memory.get(ID) as Parked | undefined;
  if (parked === undefined || parked.exchange.conversation === exchange.conversation) return answer;
  parked.exchange.apply(ID);
  exchange.apply(ID);
  parked.release(answer);
  return parked.answer;
}
