import type { VNode } from 'preact';
import { clock, count, duration } from '../../foundation/text/format.ts';
import { isFailed } from '../../ledger/ledger-turn.ts';
import type { TurnPage, TurnRow } from '../turn-answers.ts';
import { hrefOf, type Parameters, queryOf } from './address.ts';
import { useAnswer } from './answer.ts';
import { endOf, Scrolling } from './parts.tsx';
import { Title, Trouble } from './title.tsx';
import { TurnFigure } from './turn-figure.tsx';

const ROWS = 50;
const LOADING = 'Loading. For a run that has not ended, the ledger is read first: a million turns take a few seconds.';
const NAMES = ['from', 'to', 'least', 'most', 'show', 'rule', 'conversation', 'sort', 'page'] as const;

/** The turns of a run: a figure to pick from, filters, and a table that leads to conversations. */
export function TurnsPage({ run, parameters }: { run: string; parameters: URLSearchParams }): VNode {
  const asked: Parameters = Object.fromEntries(NAMES.map((name) => [name, parameters.get(name) ?? undefined]));
  const { data, error } = useAnswer<TurnPage>(`/api/turns?${queryOf({ run, ...asked })}`);
  const hrefTo = (changes: Parameters): string => hrefOf('turns', { run, ...asked, page: undefined, ...changes });
  const go = (changes: Parameters): void => {
    location.hash = hrefTo(changes);
  };
  const page = Number(asked.page ?? 0);
  return (
    <>
      <Title text="Turns" />
      <Trouble error={error} />
      <Filters asked={asked} onChange={go} />
      <output>{data === undefined ? LOADING : `${count(data.matching)} of ${count(data.all)} turns`}</output>
      {data !== undefined && data.grid.cells.length > 0 && <TurnFigure grid={data.grid} hrefTo={hrefTo} />}
      {data !== undefined && data.turns.length > 0 && <Rows run={run} turns={data.turns} />}
      {data !== undefined && data.matching > ROWS && (
        <nav class="ways" aria-label="Pages of turns">
          {page > 0 && (
            <a class="button" href={hrefOf('turns', { run, ...asked, page: page - 1 })}>
              Before
            </a>
          )}
          <span>
            {count(page * ROWS + 1)} to {count(Math.min(data.matching, (page + 1) * ROWS))}
          </span>
          {(page + 1) * ROWS < data.matching && (
            <a class="button" href={hrefOf('turns', { run, ...asked, page: page + 1 })}>
              Next
            </a>
          )}
        </nav>
      )}
    </>
  );
}

function Filters({ asked, onChange }: { asked: Parameters; onChange: (changes: Parameters) => void }): VNode {
  const field = (name: string, label: string, hint: string) => (
    <label>
      {label}{' '}
      <input
        name={name}
        inputMode={name === 'rule' ? 'text' : 'numeric'}
        placeholder={hint}
        value={String(asked[name] ?? '')}
        onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()} aria-label="Which turns">
      <label>
        Show{' '}
        <select value={String(asked.show ?? 'any')} onChange={(event) => onChange({ show: event.currentTarget.value })}>
          <option value="any">all turns</option>
          <option value="problems">errors or violations</option>
          <option value="errors">errors</option>
          <option value="violations">violations</option>
        </select>
      </label>
      <label>
        First{' '}
        <select
          value={String(asked.sort ?? 'slowest')}
          onChange={(event) => onChange({ sort: event.currentTarget.value })}
        >
          <option value="slowest">the slowest</option>
          <option value="time">the earliest</option>
        </select>
      </label>
      {field('conversation', 'Conversation', 'number')}
      {field('rule', 'Rule', 'id')}
      {field('from', 'Time from, ms', '0')}
      {field('to', 'Time to, ms', '')}
      {field('least', 'Latency from, ms', '')}
      {field('most', 'Latency to, ms', '')}
      <button type="button" onClick={() => onChange(Object.fromEntries(NAMES.map((name) => [name, undefined])))}>
        Show all
      </button>
    </form>
  );
}

function Rows({ run, turns }: { run: string; turns: readonly TurnRow[] }): VNode {
  return (
    <Scrolling label="Turns">
      <table>
        <thead>
          <tr>
            <th scope="col">Turn</th>
            <th scope="col" class="number">
              At
            </th>
            <th scope="col" class="number">
              Latency
            </th>
            <th scope="col">Outcome</th>
            <th scope="col">Violations</th>
            <th scope="col">Stage</th>
          </tr>
        </thead>
        <tbody>
          {turns.map(({ conversation, turn, attempt, role, atMs, latencyMs, outcome, status, rules, stage }) => (
            <tr key={`${conversation}/${turn}/${attempt}`}>
              <th scope="row">
                <a href={hrefOf('conversation', { run, conversation, turn })}>
                  conversation {conversation}, turn {turn}
                </a>{' '}
                <span class="soft">
                  {role}
                  {attempt > 0 && `, attempt ${attempt + 1}`}
                </span>
              </th>
              <td class="number">{clock(atMs)}</td>
              <td class="number">{latencyMs === null ? '' : duration(latencyMs)}</td>
              <td class={isFailed({ outcome, status }) ? 'fail' : undefined}>{endOf({ outcome, status })}</td>
              <td class="fail">{rules.join(', ')}</td>
              <td>{stage}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
