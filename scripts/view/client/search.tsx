import type { VNode } from 'preact';
import { count, exactDuration, perSecond, perSecondOf, share } from '../../foundation/text/format.ts';
import type { Search as SearchAnswer, SearchRung } from '../answers.ts';
import { hrefOf, queryOf } from './address.ts';
import { useAnswer } from './answer.ts';
import { Live } from './live.tsx';
import { Scrolling } from './parts.tsx';
import { PartTrouble } from './title.tsx';

const EVERY_MS = 2_000;

/** A capacity search as it narrows: its rungs, and between which rates the answer lies. */
export function Search({ run }: { run: string }): VNode {
  const { data, error } = useAnswer<SearchAnswer>(`/api/search?${queryOf({ run })}`, (search) =>
    search === undefined || search.state === 'running' ? EVERY_MS : undefined,
  );
  const last = data?.rungs.at(-1);
  return (
    <section aria-labelledby="search">
      <h2 id="search">Search</h2>
      <PartTrouble error={error} />
      {data !== undefined && (
        <>
          {data.headline === null && <p role="status">{standing(data)}</p>}
          <p>
            {data.slo}: a turn must be answered within {exactDuration(data.limitMs)}; at most {share(data.badShare)} may
            miss that. {count(data.spent)} of {count(data.budget)} turns spent.
          </p>
          <Rungs search={data} run={run} />
          {data.state === 'running' && last !== undefined && (
            <Live run={`${run}/rungs/${String(last.number).padStart(3, '0')}`} />
          )}
        </>
      )}
    </section>
  );
}

function standing({ between: [low, high] }: SearchAnswer): string {
  if (low === null && high === null) return 'No rung is decisive yet.';
  if (low === null)
    return `The capacity is below ${perSecondOf(high ?? 0, 'turns')}: that rate missed the SLO with confidence.`;
  if (high === null)
    return `The capacity is above ${perSecondOf(low, 'turns')}: that rate met the SLO with confidence.`;
  return `The capacity is between ${perSecond(low)} and ${perSecondOf(high, 'turns')}, by the rungs so far.`;
}

const WIDTH = 180;

function Rungs({ search: { rungs, badShare }, run }: { search: SearchAnswer; run: string }): VNode {
  const most = Math.max(badShare * 2, ...rungs.map(({ bad, turns }) => (turns === 0 ? 0 : bad / turns)));
  const x = (value: number): number => (value / most) * WIDTH;
  return (
    <Scrolling label="Rungs">
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">
              Rung
            </th>
            <th scope="col">Load</th>
            <th scope="col" class="number">
              Missed the SLO
            </th>
            <th scope="col">Against the limit</th>
          </tr>
        </thead>
        <tbody>
          {rungs.map((rung) => (
            <tr key={rung.number}>
              <td class="number">
                <a href={hrefOf('turns', { run: `${run}/rungs/${String(rung.number).padStart(3, '0')}` })}>
                  {rung.number}
                </a>
              </td>
              <th scope="row">{rung.load}</th>
              <td class="number">{missed(rung)}</td>
              <td>
                <svg width={WIDTH} height="16" aria-hidden="true">
                  <rect class="f-line" width={WIDTH} height="16" />
                  <rect
                    class={rung.turns > 0 && rung.bad / rung.turns > badShare ? 'f-fail' : 'f-p95'}
                    y="3"
                    height="10"
                    width={rung.turns === 0 ? 0 : Math.max(1, x(rung.bad / rung.turns))}
                  />
                  <path class="s-ink" stroke-width="2" d={`M${x(badShare)} 0v16`} />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

function missed({ bad, turns, state }: SearchRung): string {
  if (turns === 0) return 'no turn yet';
  const text = `${count(bad)} of ${count(turns)}, ${share(bad / turns)}`;
  return state === 'running' ? `${text} so far` : text;
}
