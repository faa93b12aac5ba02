import type { VNode } from 'preact';
import type { RunRow, SideBySide } from '../answers.ts';
import { hrefOf, queryOf } from './address.ts';
import { useAnswer } from './answer.ts';
import { Scrolling, Standing, when } from './parts.tsx';
import { Title, Trouble } from './title.tsx';

const TONES = { regression: 'fail', 'no-regression': 'pass', inconclusive: 'no-evidence' } as const;

/** Two runs side by side, with what may be said of their difference. */
export function ComparePage({ parameters }: { parameters: URLSearchParams }): VNode {
  const [baseline, candidate] = ['baseline', 'candidate'].map((name) => parameters.get(name) ?? '');
  const { data, error } = useAnswer<SideBySide>(`/api/compare?${queryOf({ baseline, candidate })}`);
  return (
    <>
      <Title text="Two runs" />
      <Trouble error={error} />
      {data !== undefined && (
        <>
          <p class={`headline ${TONES[data.outcome]}`}>{data.headline}</p>
          {data.notes.length > 0 && (
            <ul>
              {data.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
          <NumbersOfBoth of={data} />
          <p class="soft">
            Two single runs can differ by chance from day to day. Use{' '}
            <code class="command">fini-harness compare --interleave</code> to decide.
          </p>
        </>
      )}
    </>
  );
}

/** A number stays with its unit. */
const unbroken = (text: string): string => text.replaceAll(/(\d) (?=(?:ms|s|min|h)\b)/g, '$1\u00a0');

function NumbersOfBoth({ of }: { of: SideBySide }): VNode {
  return (
    <Scrolling label="Two runs">
      <table>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">
              <Head row={of.baseline} word="Baseline" />
            </th>
            <th scope="col">
              <Head row={of.candidate} word="Candidate" />
            </th>
            <th scope="col">Candidate to baseline</th>
          </tr>
        </thead>
        <tbody>
          {of.rows.map(({ name, baseline: before, candidate: after, change, worse }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{unbroken(before)}</td>
              <td>{unbroken(after)}</td>
              <td class={worse ? 'fail' : undefined}>{unbroken(change)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

function Head({ row, word }: { row: RunRow; word: string }): VNode {
  return (
    <>
      {word}: <a href={hrefOf('run', { run: row.id })}>{row.name}</a>
      <span class="soft block">
        {when(row.at)} <Standing row={row} />
      </span>
    </>
  );
}
