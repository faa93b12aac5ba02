/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { instant } from '../../foundation/text/format.ts';
import { Scroll } from '../../report/page/scroll.tsx';
import { type PastCheck, pastCheck } from '../baseline/history.ts';

/** As many checks as stand side by side on a page. */
const MOST_CHECKS = 14;

/** Which findings each of the latest checks had; also those that are gone by now. */
export function HistorySection({ result, history }: { result: DriftResult; history: readonly PastCheck[] }): VNode {
  const checks = [...history, pastCheck(result)].slice(-MOST_CHECKS);
  const rules = new Map(checks.flatMap(({ findings }) => findings.map(({ id, rule }) => [id, rule])));
  return (
    <section id="history">
      <h2>History</h2>
      {rules.size === 0 ? (
        <p>{checks.length === 1 ? 'This is the first check.' : `No finding in the latest ${checks.length} checks.`}</p>
      ) : (
        <Scroll label="History">
          <table class="dense">
            <thead>
              <tr>
                <th scope="col">Finding</th>
                {checks.map(({ runId, at }) => (
                  <th scope="col" class="number" title={runId}>
                    {at === null ? '' : instant(at).slice(5, 16)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...rules].map(([id, rule]) => (
                <tr>
                  <th scope="row">
                    {rule} <code>{id}</code>
                  </th>
                  {checks.map((check) => (
                    <Cell check={check} id={id} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

function Cell({ check, id }: { check: PastCheck; id: string }): VNode {
  const found = check.findings.find((finding) => finding.id === id);
  return <td class="number">{found === undefined ? <span class="soft">–</span> : `${found.k}/${found.n}`}</td>;
}
