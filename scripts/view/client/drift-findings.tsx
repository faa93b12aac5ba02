import type { VNode } from 'preact';
import type { Drift, DriftFinding, RunState } from '../answers.ts';
import { queryOf } from './address.ts';
import { useAnswer } from './answer.ts';
import { Evidence } from './evidence.tsx';
import { Scrolling, shortly } from './parts.tsx';
import { PartTrouble } from './title.tsx';

const EVERY_MS = 5_000;

/** How far a check is; then its findings: expected and observed side by side, and which checks had them. */
export function DriftFindings({ run, state }: { run: string; state: RunState }): VNode {
  const { data, error } = useAnswer<Drift>(`/api/drift?${queryOf({ run })}`, (drift) =>
    state === 'running' || (state === 'ended' && drift?.progress !== null) ? EVERY_MS : undefined,
  );
  const hasEnded = data?.progress === null;
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">{hasEnded ? 'Findings' : 'Progress'}</h2>
      <PartTrouble error={error} />
      {data?.progress && <p role="status">{data.progress}.</p>}
      {hasEnded && data.findings.length === 0 && <p>No finding.</p>}
      {data?.findings.map((finding) => (
        <Finding key={finding.id} finding={finding} checks={data.checks} run={run} />
      ))}
    </section>
  );
}

interface FindingProps {
  readonly finding: DriftFinding;
  readonly checks: Drift['checks'];
  readonly run: string;
}

function Finding({ finding, checks, run }: FindingProps): VNode {
  return (
    <article class="violation">
      <h3>
        <code>{finding.rule}</code>{' '}
        <span class={finding.failing ? 'fail' : 'soft'}>
          {finding.class}
          {finding.accepted ? ', accepted' : !finding.failing && ', does not fail the check'}
        </span>
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
      {finding.evidence.map((file) => (
        <Evidence key={file} run={run} file={file} />
      ))}
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
                {shortly(at)}
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
