/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { Finding } from '../../../contracts/generated/findings.ts';
import { expectedText, observedText } from '../../foundation/text/facts.ts';
import { instant } from '../../foundation/text/format.ts';
import { distributionOf, frequencyOf } from './sentences.ts';

/** One finding: what was expected, what was observed, how often, and what proves it. */
export function FindingView({ finding, failing }: { finding: Finding; failing: boolean }): VNode {
  const { id, rule, class: cls, notice, why, operation, template, statistics } = finding;
  return (
    <article id={id} class="violation">
      <h3>
        <code>{rule}</code> <span class={failing ? 'fail' : 'unsure'}>{cls + (notice ? ', notice' : '')}</span>
      </h3>
      <p>
        {operation}, in {frequencyOf(finding)}, at <code>{template}</code>
      </p>
      <p class="soft">{why}</p>
      <dl>
        {statistics === undefined ? (
          <Difference finding={finding} />
        ) : (
          <Term name="Statistic">{distributionOf(statistics)}</Term>
        )}
        {finding.suppressedBy !== null && (
          <Term name="Accepted">
            until {finding.suppressedBy.expires} by {finding.suppressedBy.owner}: {finding.suppressedBy.reason}
          </Term>
        )}
        <Term name="Seen">{seen(finding)}</Term>
        {finding.related.length > 0 && (
          <Term name="Shows as">{finding.related.map(({ rule: other, k }) => `${other} (${k})`).join(', ')}</Term>
        )}
        {finding.evidence.length > 0 && (
          <Term name="Evidence">
            {finding.evidence.flatMap((file, index) => [index === 0 ? '' : ', ', <a href={file}>{file}</a>])}
          </Term>
        )}
        <Term name="Fingerprint">
          <code>{id}</code>
        </Term>
      </dl>
    </article>
  );
}

function Difference({ finding: { expected, observed } }: { finding: Finding }): VNode {
  return (
    <>
      <Term name="Expected">
        <code>{expectedText(expected)}</code>
      </Term>
      <Term name="Observed">
        <code>{observedText(observed)}</code>
      </Term>
    </>
  );
}

function Term({ name, children }: { name: string; children: VNode | string | (VNode | string)[] }): VNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function seen({ spread: { firstAt, lastAt, conditions }, baseline }: Finding): string {
  const times = firstAt === lastAt ? instant(firstAt) : `${instant(firstAt)} to ${instant(lastAt)}`;
  const before = baseline === null ? '' : `; in ${baseline.runs} of ${baseline.n} baselines`;
  return `${times}, ${conditions.join(', ')}${before}`;
}
