import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { count, duration, share } from '../../foundation/text/format.ts';
import type { RunRow, RunList as Runs } from '../answers.ts';
import { hrefOf } from './address.ts';
import { useAnswer } from './answer.ts';
import { Scrolling, Standing, when } from './parts.tsx';
import { Title, Trouble } from './title.tsx';
import { Trend } from './trend.tsx';

const REFRESH_MS = 2_000;
/** So many rows are drawn at first, and with each "Show older". */
const ROWS = 200;

/** All runs of the folder: newest first, with what each came to and how it stands to those before it. */
export function RunList({ parameters }: { parameters: URLSearchParams }): VNode {
  const { data, error } = useAnswer<Runs>('/api/runs', () => REFRESH_MS);
  const search = parameters.get('search') ?? '';
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [most, setMost] = useState(ROWS);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const runs = data?.runs ?? [];
  const found = runs.filter((row) => words.every((word) => textOf(row).includes(word)));
  const choose = (id: string) =>
    setChosen((before) => (before.includes(id) ? before.filter((it) => it !== id) : [...before, id].slice(-2)));
  return (
    <>
      <Title text="Runs" />
      <Trouble error={error} />
      <form class="filters" aria-label="Which runs" onSubmit={(event) => event.preventDefault()}>
        <label>
          Search{' '}
          <input
            type="search"
            value={search}
            placeholder="load fail 2026-11"
            onInput={(event) => location.replace(hrefOf('runs', { search: event.currentTarget.value }))}
          />
        </label>
        <output>
          {data === undefined ? 'Loading' : `${count(found.length)} of ${count(runs.length)} runs in ${data.folder}`}
        </output>
        <CompareLink chosen={chosen} runs={runs} />
      </form>
      {data !== undefined && runs.length === 0 && <p>There is no run yet. Start one with fini-harness run smoke.</p>}
      {runs.length > 0 && found.length === 0 && <p>No run contains all words of the search.</p>}
      {found.length > 0 && <RunTable found={found.slice(0, most)} runs={runs} chosen={chosen} choose={choose} />}
      {found.length > most && (
        <p>
          {count(found.length - most)} older runs are not shown.{' '}
          <button type="button" onClick={() => setMost(most + ROWS)}>
            Show {count(Math.min(ROWS, found.length - most))} more
          </button>
        </p>
      )}
    </>
  );
}

interface TableProps {
  readonly found: readonly RunRow[];
  readonly runs: readonly RunRow[];
  readonly chosen: readonly string[];
  readonly choose: (id: string) => void;
}

function RunTable({ found, runs, chosen, choose }: TableProps): VNode {
  return (
    <Scrolling label="Runs">
      <table>
        <thead>
          <tr>
            <th scope="col">Compare</th>
            <th scope="col">Run</th>
            <th scope="col">Verdict</th>
            <th scope="col">Why</th>
            <th scope="col" class="number">
              p95
            </th>
            <th scope="col">Trend of p95</th>
            <th scope="col" class="number">
              Failed
            </th>
            <th scope="col" class="number">
              Violations
            </th>
          </tr>
        </thead>
        <tbody>
          {found.map((row) => (
            <Row
              key={row.id}
              row={row}
              runs={runs}
              isChosen={chosen.includes(row.id)}
              onChoose={() => choose(row.id)}
            />
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

interface RowProps {
  readonly row: RunRow;
  readonly runs: readonly RunRow[];
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Row({ row, runs, isChosen, onChoose }: RowProps): VNode {
  const { id, kind, name, at, target, reason, p95Ms, failed, turns, violations } = row;
  const known = (value: number | null): string => (value === null ? '' : count(value));
  return (
    <tr data-run={id}>
      <td>
        {kind === 'run' && row.state === 'ended' && (
          <input type="checkbox" aria-label={`Compare ${name} of ${when(at)}`} checked={isChosen} onChange={onChoose} />
        )}
      </td>
      <th scope="row">
        <a href={hrefOf('run', { run: id })}>{name}</a>
        <span class="soft block">{when(at)}</span>
        {target && <span class="soft block">{target}</span>}
      </th>
      <td>
        <Standing row={row} />
      </td>
      <td class="reason">{reason}</td>
      <td class="number">{p95Ms === null ? '' : duration(p95Ms)}</td>
      <td>
        <Trend row={row} runs={runs} />
      </td>
      <td class="number">
        {failed === null || !turns ? known(failed) : `${count(failed)} (${share(failed / turns)})`}
      </td>
      <td class="number">{known(violations)}</td>
    </tr>
  );
}

/** The older of the two is the baseline. */
function CompareLink({ chosen, runs }: { chosen: readonly string[]; runs: readonly RunRow[] }): VNode {
  const [baseline, candidate] = runs.filter(({ id }) => chosen.includes(id)).sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  if (baseline === undefined || candidate === undefined)
    return <span class="soft">Choose two runs to compare them.</span>;
  return (
    <a class="button" href={hrefOf('compare', { baseline: baseline.id, candidate: candidate.id })}>
      Compare the two chosen
    </a>
  );
}

function textOf({ id, kind, name, runId, target, state, verdict, reason }: RunRow): string {
  return [id, kind, name, runId, target, state, verdict, reason].join(' ').toLowerCase();
}
