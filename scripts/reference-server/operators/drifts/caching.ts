import { type Answer, jsonAnswer } from '../../answer.ts';
import { now } from '../../clock.ts';
import type { Exchange } from '../../exchange.ts';
import type { Operator } from '../operator.ts';

interface Cached {
  readonly at: number;
  readonly body: unknown;
}

/** Answers that come from a cache. */
export const CACHING: readonly Operator[] = [
  cached('turns-cached', 'the answer to an equal body of the same key again, and nothing stored', ['TURN']),
  cached('reads-cached', 'the first answer again to an equal Get or List of the same key', ['G', 'L']),
];

function cached(id: string, title: string, on: Operator['on']): Operator {
  const key = ({ response, body }: Exchange): string => {
    const { url, headers } = response.req;
    return [id, url, headers.authorization, JSON.stringify(body)].join(' ');
  };
  return {
    id,
    title,
    on,
    instead: (exchange) => {
      const before = exchange.world.memory.get(key(exchange)) as Cached | undefined;
      return before && hit(before);
    },
    held: async (answer, exchange) => {
      const { memory } = exchange.world;
      const place = key(exchange);
      if (!memory.has(place)) memory.set(place, { at: now(), body: structuredClone(answer.body) } satisfies Cached);
      return answer;
    },
  };
}

function hit({ at, body }: Cached): Answer {
  const answer = jsonAnswer(structuredClone(body));
  Object.assign(answer.headers, { age: String(Math.ceil((now() - at) / 1_000)), 'x-cache': 'HIT' });
  return answer;
}
