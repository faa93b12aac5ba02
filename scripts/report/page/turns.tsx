/** @jsxRuntime automatic @jsxImportSource preact */

import type { VNode } from 'preact';
import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Result, TurnRef } from '../../../contracts/generated/result.ts';
import { scriptTable, templateOf } from '../../../contracts/template.ts';
import { traceId, tracePrefix } from '../../../contracts/traceparent.ts';
import { clock, count, interval, plural, share } from '../../foundation/text/format.ts';
import { isFailed } from '../../ledger/ledger-turn.ts';
import { conversationLine } from '../conversation-line.ts';
import { errorStory, outcomeName, retryLine, turnAnchor, turnLatency, turnName, turnOutcome } from '../model.ts';
import { Scroll } from './scroll.tsx';

/** What became of the turns that were sent. */
export function Outcomes({ result }: { result: Result }): VNode {
  const { counts, spent, outcomes, retries } = result;
  const price = spent?.price === undefined ? '' : `, ${spent.price.toFixed(2)} ${spent.currency ?? ''}`;
  return (
    <section id="turns">
      <h2>Turns</h2>
      <p>
        {plural(counts.sent, 'turn')} sent, {count(counts.userTurns)} by users
        {spent && `; ${count(spent.userTurns)} may be billed${price}`}.
      </p>
      {result.conversations && <p>Conversations: {conversationLine(result.conversations)}.</p>}
      {retries && <p>{retryLine(retries)}.</p>}
      {outcomes.length > 0 && <OutcomeTable outcomes={outcomes} />}
    </section>
  );
}

function OutcomeTable({ outcomes }: Pick<Result, 'outcomes'>): VNode {
  return (
    <Scroll label="Turns by outcome">
      <table>
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">k6 error</th>
            <th scope="col" class="number">
              Turns
            </th>
            <th scope="col" class="number">
              Share
            </th>
            <th scope="col">95% interval</th>
            <th scope="col">Example</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map((row) => (
            <tr>
              <th scope="row" class={isFailed(row) ? 'fail' : undefined}>
                {outcomeName(row)}
              </th>
              <td>{errorStory(row)}</td>
              <td class="number">{count(row.count)}</td>
              <td class="number">{row.share.value === null ? '' : share(row.share.value)}</td>
              <td>{interval(row.share, share)}</td>
              <td>{row.example && turnName(row.example)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The id of the script that a turn's conversation follows: the plan's seed draws it. */
function scriptIds({ seed, workload, midLife = [] }: Plan): (turn: TurnRef) => string {
  const table = scriptTable(workload.conversations);
  return ({ conversation }) => {
    const begun = midLife.find((it) => it.conversation === conversation)?.script;
    return workload.conversations[begun ?? templateOf(seed, conversation, table)]?.id ?? '';
  };
}

/** The slowest measured turns, with the keys that find them in the ledger. */
export function Slowest({ turns, plan }: { turns: readonly TurnRef[]; plan: Plan }): VNode | null {
  const isTraced = plan.tracing === true;
  if (turns.length === 0) return null;
  const scriptOf = scriptIds(plan);
  return (
    <>
      <h3>Slowest turns</h3>
      <Scroll label="Slowest turns">
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">Turn</th>
              <th scope="col">Script</th>
              {isTraced && <th scope="col">Trace id</th>}
              <th scope="col" class="number">
                Intended start
              </th>
              <th scope="col" class="number">
                Latency
              </th>
              <th scope="col">Outcome</th>
              <th scope="col">Violated rules</th>
            </tr>
          </thead>
          <tbody>
            {turns.map((turn) => (
              <tr id={turnAnchor(turn)}>
                <th scope="row">{turnName(turn)}</th>
                <td>{scriptOf(turn)}</td>
                {isTraced && (
                  <td>
                    <code>{traceId(tracePrefix(plan.runId), { attempt: 0, ...turn })}</code>
                  </td>
                )}
                <td class="number">{turn.atMs === undefined ? '' : clock(turn.atMs)}</td>
                <td class="number">{turnLatency(turn)}</td>
                <td>{turnOutcome(turn)}</td>
                <td>{turn.rules?.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
