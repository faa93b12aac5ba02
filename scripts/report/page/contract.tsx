/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { Result, ViolationRow } from '../../../contracts/generated/result.ts';
import { FAILING_CLASSES } from '../../../contracts/violation.ts';
import { expectedText, observedText } from '../../foundation/text/facts.ts';
import { count, interval, plural, share } from '../../foundation/text/format.ts';
import { judgedAnswers, judgedRules, whyOf } from '../judged-rules.ts';
import { shownViolations, turnStory } from '../model.ts';

/** Every kind of breach: the rule, the place, what was expected and what was observed. */
export function Contract({ result }: { result: Result }): VNode {
  const shown = shownViolations(result);
  const hidden = result.violations.length - shown.length;
  return (
    <section id="contract">
      <h2>Contract</h2>
      <p>{summary(result)}</p>
      {shown.map((violation) => (
        <Violation {...violation} />
      ))}
      {hidden > 0 && <p>{plural(hidden, 'more kind')} in result.json.</p>}
      <Kept result={result} />
    </section>
  );
}

/** The rules that no answer broke, folded away. */
function Kept({ result }: { result: Result }): VNode | null {
  const kept = judgedRules(result).filter(({ id }) => !result.violations.some(({ rule }) => rule === id));
  if (kept.length === 0) return null;
  return (
    <details class="kept">
      <summary>{plural(kept.length, 'rule')} without a violation</summary>
      <ul>
        {kept.map(({ id, why }) => (
          <li>
            <code>{id}</code> <span class="soft">{why}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function summary(result: Result): string {
  const judged = judgedAnswers(result);
  if (judged === 0) return 'No answer could be checked against the contract.';
  if (result.violations.length === 0) return `No violation in ${plural(judged, 'answer')}.`;
  return `${count(result.counts.withViolations)} of ${plural(judged, 'answer')} violated the contract in a way that fails a run.`;
}

function Violation({ row, anchor }: { row: ViolationRow; anchor: string }): VNode {
  const failing = FAILING_CLASSES.includes(row.class);
  return (
    <article id={anchor} class="violation">
      <h3>
        <code>{row.rule}</code> <span class={failing ? 'fail' : 'unsure'}>{row.class}</span>
      </h3>
      <p>
        {plural(row.count, 'turn')}
        {row.share.value !== null && `, ${share(row.share.value)} ${interval(row.share, share)}`}, at{' '}
        <code>{row.template}</code>
      </p>
      {whyOf(row.rule) !== '' && <p class="soft">{whyOf(row.rule)}</p>}
      <dl>
        <dt>Expected</dt>
        <dd>
          <code>{expectedText(row.expected)}</code>
        </dd>
        <dt>Observed</dt>
        <dd>
          <code>{observedText(row.observed)}</code>
        </dd>
        <dt>Example</dt>
        <dd>{turnStory(row.example)}</dd>
      </dl>
    </article>
  );
}
