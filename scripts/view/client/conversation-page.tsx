import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { clock, duration, plural } from '../../foundation/text/format.ts';
import type { Conversation } from '../turn-answers.ts';
import { hrefOf, queryOf } from './address.ts';
import { useAnswer } from './answer.ts';
import { TimeLine } from './time-line.tsx';
import { Title, Trouble } from './title.tsx';
import { TurnView } from './turn-view.tsx';

/** One conversation: its turns on a time line, and what the ledger holds of each. */
export function ConversationPage({ run, parameters }: { run: string; parameters: URLSearchParams }): VNode {
  const conversation = Number(parameters.get('conversation') ?? 0);
  const chosen = Number(parameters.get('turn') ?? -1);
  const { data, error } = useAnswer<Conversation>(`/api/conversation?${queryOf({ run, conversation })}`);
  return (
    <>
      <Title text={`Conversation ${conversation}`} />
      <Trouble error={error} />
      {data !== undefined && (
        <>
          <p>
            {plural(data.turns.length, 'turn')} in {duration(data.lastedMs)}, from {clock(data.startedMs)} of the run
            {data.interactionId !== null && (
              <>
                , <code>{data.interactionId}</code>
              </>
            )}
            . <a href={hrefOf('turns', { run })}>All turns</a>
          </p>
          <TimeLine conversation={data} run={run} chosen={chosen} />
          <Turns conversation={data} chosen={chosen} />
        </>
      )}
    </>
  );
}

function Turns({ conversation: { turns }, chosen }: { conversation: Conversation; chosen: number }): VNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const open = place.current?.querySelector(`[data-turn="${chosen}"]`);
    open?.scrollIntoView({ block: 'start' });
  }, [chosen]);
  return (
    <div ref={place}>
      {turns.map((turn) => (
        <TurnView key={`${turn.turn}/${turn.attempt}`} turn={turn} isOpen={turn.turn === chosen || turns.length <= 3} />
      ))}
    </div>
  );
}
