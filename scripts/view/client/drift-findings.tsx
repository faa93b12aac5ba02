import type { VNode } from 'preact';
import type { Drift, DriftFinding } from '../answers.ts';
import { queryOf } from './address.ts';
import { useAnswer } from './answer.ts';
import { Scrolling, when } from './parts.tsx';
import { Trouble } from './title.tsx';

/** The findings of a check: promised and come side by side, and which checks had them. */
export function DriftFindings({ run }: { run: string }): VNode {
  const { data, error } = useAnswer<Drift>(`/api/drift?${queryOf({ run })}`);
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">Findings</h2>
      <Trouble error={error} />
      {data !== undefined && data.findings.length === 0 && <p>No finding.</p>}
      {data?.findings.map((finding) => (
        <Finding key={finding.id} finding={finding} checks={data.checks} />
      ))}
    </section>
  );
}

function Finding({ finding, checks }: { finding: DriftFinding; checks: Drift['checks'] }): VNode {
  return (
    <article class="violation">
      <h3>
        <code>{finding.rule}</code>{' '}
        <span class={finding.accepted ? 'soft' : 'fail'}>{finding.accepted ? 'accepted' : finding.class}</span>
      </h3>
      <p>
        {finding.frequency}, at <code>{finding.place}</code>
      </p>
      <p class="soft">{finding.why}</p>
      <dl class="sides">
        <div>
          <dt>Expected</dt>
          <dd>
            <code>{finding.expected}</code>
          </dd>
        </div>
        <div>
          <dt>Observed</dt>
          <dd>
            <code>{finding.observed}</code>
          </dd>
        </div>
      </dl>
      <History finding={finding} checks={checks} />
    </article>
  );
}

/** What each check found of it. */
function History({ finding, checks }: { finding: DriftFinding; checks: Drift['checks'] }): VNode {
  return (
    <Scrolling label={`History of ${finding.rule}`}>
      <table class="dense">
        <thead>
          <tr>
            {checks.map(({ runId, at }) => (
              <th scope="col" class="number" key={runId}>
                {when(at)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {checks.map(({ runId }, index) => (
              <td class="number" key={runId}>
                {finding.history[index] ?? 'not found'}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </Scrolling>
  );
}
