/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { Audit } from '../../../contracts/generated/audit.ts';
import { auditFacts, auditReason, auditScope, findingStory } from '../../audit/report/text.ts';
import { count } from '../../foundation/text/format.ts';
import { VERDICTS } from '../../foundation/text/verdicts.ts';
import { Scroll } from './scroll.tsx';

/** A page holds so many offenders; audit.json holds all. */
const MOST_SHOWN = 200;

/** What the service stored, held against the ledger. */
export function AuditSection({ audit }: { audit: Audit }): VNode {
  const { mark, word } = VERDICTS[audit.verdict];
  const more = audit.findings.length - MOST_SHOWN;
  return (
    <section id="audit">
      <h2>Audit</h2>
      <p>
        <strong>
          {mark} {word}
        </strong>
        : {auditReason(audit)}
      </p>
      <p>Read back {auditScope(audit)}.</p>
      <Scroll label="Audit">
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col" class="number">
                Share
              </th>
              <th scope="col">Counts and 95% interval</th>
            </tr>
          </thead>
          <tbody>
            {auditFacts(audit).map(({ name, value, note }) => (
              <tr>
                <th scope="row">{name}</th>
                <td class="number">{value}</td>
                <td>{note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {audit.findings.length > 0 && <Offenders findings={audit.findings.slice(0, MOST_SHOWN)} />}
      {more > 0 && <p>And {count(more)} more in audit.json.</p>}
    </section>
  );
}

function Offenders({ findings }: Pick<Audit, 'findings'>): VNode {
  return (
    <Scroll label="Audit findings">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Finding</th>
            <th scope="col">Class</th>
            <th scope="col">Which</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => (
            <tr>
              <th scope="row" class={finding.class === 'notice' ? undefined : 'fail'}>
                {finding.kind}
              </th>
              <td>{finding.class}</td>
              <td>{findingStory(finding)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
