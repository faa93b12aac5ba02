/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { Estimate, LatencyRow, Result } from '../../../contracts/generated/result.ts';
import { count, duration, estimate, interval, lack } from '../../foundation/text/format.ts';
import { Scroll } from './scroll.tsx';

/** Percentiles by role and stage, each with its interval and its sample; how long a turn without an answer was waited for is no latency. */
export function LatencyTable({ rows }: { rows: Result['latency'] }): VNode | null {
  if (rows.length === 0) return null;
  return (
    <Scroll label="Latency by role and stage">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">Stage</th>
            {['Turns', 'p50', 'p90', 'p95', 'p99', 'Mean', 'Slowest', 'No answer'].map((head) => (
              <th scope="col" class="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row row={row} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Row({ row }: { row: LatencyRow }): VNode {
  return (
    <tr class={row.stage === 'measured' ? 'total' : undefined}>
      <td>{row.role}</td>
      <th scope="row">{row.stage}</th>
      <td class="number">
        {count(row.n)} <span class="note">{count(row.nEffective)} effective</span>
      </td>
      {[row.p50, row.p90, row.p95, row.p99].map((it) => (
        <Percentile it={it} />
      ))}
      <td class="number">{row.mean === null ? '–' : duration(row.mean)}</td>
      <td class="number">{row.max === null ? '–' : duration(row.max)}</td>
      <td class="number">{row.censored === 0 ? '0' : <b class="fail">{count(row.censored)}</b>}</td>
    </tr>
  );
}

function Percentile({ it }: { it: Estimate }): VNode {
  return (
    <td class="number">
      {it.value === null ? <span class="soft">not known</span> : estimate(it)}{' '}
      <span class="note">{it.value === null && it.needs !== undefined ? lack(it) : interval(it)}</span>
    </td>
  );
}
