import type { VNode } from 'preact';
import { duration } from '../../foundation/text/format.ts';
import { isFailed } from '../../ledger/ledger-turn.ts';
import type { Conversation, TurnDetail } from '../turn-answers.ts';
import { hrefOf } from './address.ts';

const WIDTH = 1000;
/** Wide enough for the labels on a phone, where they are larger. */
const LEFT = 110;
const ROW = 26;

/** Each turn as a bar: late start, wait for the first byte, receiving; between them the pauses. */
export function TimeLine({
  conversation,
  run,
  chosen,
}: {
  conversation: Conversation;
  run: string;
  chosen: number;
}): VNode {
  const { turns, lastedMs } = conversation;
  const x = (ms: number): number => LEFT + (Math.max(0, ms) / Math.max(1, lastedMs)) * (WIDTH - LEFT - 4);
  const height = turns.length * ROW + 22;
  return (
    <figure class="turn-figure">
      <figcaption>
        <Key tone="f-unsure" name="intended to sent" />
        <Key tone="f-p95" name="sent to first byte" />
        <Key tone="f-p50" name="first byte to settled" />
        <Key tone="f-fail" name="no usable answer" />
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} aria-label="Turns on a time line; the list below holds the numbers">
        {turns.map((turn, index) => (
          <a
            href={hrefOf('conversation', { run, conversation: conversation.conversation, turn: turn.turn })}
            aria-label={storyOf(turn)}
          >
            <rect
              class={turn.turn === chosen ? 'f-line' : 'f-paper'}
              x="0"
              y={index * ROW}
              width={WIDTH}
              height={ROW - 2}
            />
            <text class="f-ink" x="4" y={index * ROW + 17}>
              turn {turn.turn}
            </text>
            <Bar turn={turn} y={index * ROW + 6} x={x} end={lastedMs} />
          </a>
        ))}
        <text class="f-soft" x={LEFT} y={height - 4}>
          0 s
        </text>
        <text class="f-soft" x={WIDTH - 4} y={height - 4} text-anchor="end">
          {duration(lastedMs)}
        </text>
      </svg>
    </figure>
  );
}

function Bar({ turn, y, x, end }: { turn: TurnDetail; y: number; x: (ms: number) => number; end: number }): VNode {
  const { intendedMs, sentMs, firstByteMs, settledMs } = turn;
  const until = settledMs ?? end;
  const isBad = isFailed(turn);
  const first = firstByteMs ?? until;
  const part = (tone: string, from: number, to: number) => (
    <rect class={tone} x={x(from)} y={y} height="12" width={Math.max(to > from ? 1.5 : 0, x(to) - x(from))} />
  );
  return (
    <g>
      {part('f-unsure', intendedMs, sentMs)}
      {part(isBad ? 'f-fail' : 'f-p95', sentMs, first)}
      {part(isBad ? 'f-fail' : 'f-p50', first, until)}
      {turn.violations.length > 0 && <path class="f-fail" d={`M${x(until)} ${y - 4}l5 6-5 6-5-6z`} />}
    </g>
  );
}

function Key({ tone, name }: { tone: string; name: string }): VNode {
  return (
    <span class="key">
      <svg width="14" height="10" aria-hidden="true">
        <rect class={tone} width="14" height="10" />
      </svg>{' '}
      {name}
    </span>
  );
}

function storyOf({ turn, role, outcome, status, latencyMs, violations }: TurnDetail): string {
  const end = outcome === 'answered' ? `status ${status}` : outcome.replaceAll('-', ' ');
  const took = latencyMs === null ? '' : ` after ${duration(latencyMs)}`;
  return `Turn ${turn} of the ${role}: ${end}${took}${violations.length > 0 ? ', with violations' : ''}`;
}
