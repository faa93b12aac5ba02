import type { VNode } from 'preact';
import { count, duration } from '../../foundation/text/format.ts';
import type { RunRow, RunState } from '../answers.ts';
import { hrefOf, queryOf } from './address.ts';
import { useAnswer } from './answer.ts';
import { Live } from './live.tsx';
import { Scrolling, Standing, when } from './parts.tsx';
import { PartTrouble } from './title.tsx';

const EVERY_MS = 2_000;

/** The runs of an interleaved comparison as they come, and the progress of the present one. */
export function ComparisonRuns({ run, state }: { run: string; state: RunState }): VNode | null {
  const { data = [], error } = useAnswer<readonly RunRow[]>(`/api/parts?${queryOf({ run })}`, (rows) =>
    state === 'running' || rows?.some((row) => row.state === 'running') ? EVERY_MS : undefined,
  );
  const present = data.find((row) => row.state === 'running');
  if (data.length === 0 && error === undefined) return null;
  return (
    <section aria-labelledby="runs">
      <h2 id="runs">Runs</h2>
      <PartTrouble error={error} />
      {data.length > 0 && <Runs rows={data} run={run} />}
      {present !== undefined && <Live run={present.id} />}
    </section>
  );
}

function Runs({ rows, run }: { rows: readonly RunRow[]; run: string }): VNode {
  return (
    <Scrolling label="Runs of the comparison">
      <table>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Verdict</th>
            {['p95', 'Failed', 'Violations'].map((name) => (
              <th scope="col" class="number" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <a href={hrefOf('run', { run: row.id })}>{row.id.slice(run === '' ? 0 : run.length + 1)}</a>
                <span class="soft block">{when(row.at)}</span>
              </th>
              <td>
                <Standing row={row} />
              </td>
              <td class="number">{row.p95Ms === null ? '' : duration(row.p95Ms)}</td>
              <td class="number">{row.failed === null ? '' : count(row.failed)}</td>
              <td class="number">{row.violations === null ? '' : count(row.violations)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
