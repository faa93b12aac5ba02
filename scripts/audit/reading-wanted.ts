import { turnKey, unansweredAs } from './evidence.ts';
import type { Expectation } from './expectation.ts';
import { namedEvents } from './named-events.ts';
import type { ReadingWanted } from './read-back.ts';
import type { LedgerConversation, LedgerTurn } from './run-ledger.ts';

/** What a stored conversation should show of those of the run: what answers named, and turns without an answer, which may show. */
export const readingWanted =
  ({ contentHash }: Pick<Expectation, 'contentHash'>, visibleMs: number) =>
  (interactionId: string, residents: readonly LedgerConversation[]): ReadingWanted => {
    const named = residents.flatMap((conversation) => [...namedEvents(conversation).keys()]);
    const turns = residents.flatMap((conversation) => conversation.turns);
    const silent = turns.filter((turn) => unansweredAs(turn) !== undefined);
    const settledAt = turns.reduce((latest, turn) => Math.max(latest, turn.settledAt), 0);
    return {
      interactionId,
      visibleBy: settledAt + visibleMs,
      lacks: ({ events }) => {
        const ids = new Set(events.map(({ id }) => id));
        const said = new Set(events.flatMap(({ references, hash }) => [hash, ...references.map(turnKey)]));
        const isHere = ({ conversation, turn }: LedgerTurn): boolean =>
          said.has(turnKey({ conversation, turn })) || said.has(contentHash(conversation, turn) ?? '');
        return [...named.filter((id) => !ids.has(id)), ...silent.filter((turn) => !isHere(turn)).map(() => undefined)];
      },
    };
  };
