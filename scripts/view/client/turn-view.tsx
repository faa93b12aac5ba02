import type { VNode } from 'preact';
import { count, duration } from '../../foundation/text/format.ts';
import { isFailed } from '../../ledger/ledger-turn.ts';
import type { TurnDetail } from '../turn-answers.ts';
import { endOf, Scrolling } from './parts.tsx';
import { TurnTexts } from './turn-texts.tsx';

/** What the ledger holds of a turn. */
export function TurnView({ turn, isOpen }: { turn: TurnDetail; isOpen: boolean }): VNode {
  return (
    <details class="turn" open={isOpen} data-turn={turn.turn}>
      <summary>
        Turn {turn.turn}
        {turn.attempt > 0 && `, attempt ${turn.attempt + 1}`}, {turn.role}:{' '}
        <span class={isFailed(turn) ? 'fail' : undefined}>{endOf(turn)}</span>
        {turn.latencyMs !== null && `, ${duration(turn.latencyMs)}`}
        {turn.violations.length > 0 && <span class="fail">, violations: {turn.violations.length}</span>}
      </summary>
      <Facts turn={turn} />
      {turn.texts === null ? (
        turn.violations.length > 0 && <Violations turn={turn} />
      ) : (
        <TurnTexts texts={turn.texts} violations={turn.violations} />
      )}
      {turn.skeleton.length > 0 && <Skeleton turn={turn} />}
    </details>
  );
}

function Facts({ turn }: { turn: TurnDetail }): VNode {
  const after = (ms: number | null): string | undefined =>
    ms === null ? undefined : `${duration(ms)} after the first intended start`;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Pause before', turn.pauseMs === null ? undefined : duration(turn.pauseMs)],
    ['Intended', after(turn.intendedMs)],
    [
      'Sent',
      `${after(turn.sentMs)}${turn.sentMs > turn.intendedMs ? `, ${duration(turn.sentMs - turn.intendedMs)} late` : ''}`,
    ],
    ['First byte', after(turn.firstByteMs)],
    ['Settled', after(turn.settledMs)],
    ['Connecting', turn.connectMs === null ? undefined : duration(turn.connectMs)],
    ['Answer', turn.bytes === null ? undefined : `${count(turn.bytes)} bytes`],
    ['Form', turn.form ?? undefined],
    ['Retry-After', turn.retryAfterMs === null ? undefined : duration(turn.retryAfterMs)],
    ['Error', turn.error ?? undefined],
    ['Stage', turn.stage],
  ];
  return (
    <dl class="numbers">
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Violations({ turn: { violations } }: { turn: TurnDetail }): VNode {
  return (
    <Scrolling label="Violations">
      <table>
        <thead>
          <tr>
            <th scope="col">Violation</th>
            <th scope="col">Expected</th>
            <th scope="col">Observed</th>
            <th scope="col">Place</th>
          </tr>
        </thead>
        <tbody>
          {violations.map(({ rule, class: kind, location: place, expected, observed }, index) => (
            <tr key={place + rule}>
              <th scope="row">
                <span class="fail">◆ {index + 1}</span> <code>{rule}</code> {kind}
              </th>
              <td>
                <code>{expected}</code>
              </td>
              <td>
                <code>{observed}</code>
              </td>
              <td>
                <code>{place}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

/** The answer without its texts. */
function Skeleton({ turn: { skeleton } }: { turn: TurnDetail }): VNode {
  return (
    <figure>
      <figcaption>Skeleton of the answer: the parts that are in the ledger, with the places of violations</figcaption>
      <Scrolling label="Skeleton of the answer">
        <pre>
          {skeleton.map(({ depth, name, value, marks }) => (
            <>
              {'  '.repeat(depth)}
              <span class={marks.length > 0 ? 'fail' : undefined}>
                {name}
                {value && `: ${value}`}
                {marks.map((index) => ` ◆ ${index + 1}`)}
              </span>
              {'\n'}
            </>
          ))}
        </pre>
      </Scrolling>
    </figure>
  );
}
