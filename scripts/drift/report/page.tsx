/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { count, instant, plural, share } from '../../foundation/text/format.ts';
import { VERDICTS } from '../../foundation/text/verdicts.ts';
import { renderDocument } from '../../report/page/document.tsx';
import { Next } from '../../report/page/next.tsx';
import { Notes } from '../../report/page/notes.tsx';
import { TableSection } from '../../report/page/table.tsx';
import type { PastCheck } from '../baseline/history.ts';
import { isFailing } from '../verdict.ts';
import { FindingView } from './finding.tsx';
import { HistorySection } from './history.tsx';
import { driftSteps } from './next-steps.ts';
import {
  distributionLines,
  headlineOf,
  leftLines,
  probeName,
  problemsBesides,
  reachOf,
  requestsOf,
  untestedText,
} from './sentences.ts';

/** The report of a drift check as one static page; `history`: earlier checks, oldest first. */
export function renderDriftPage(result: DriftResult, history: readonly PastCheck[]): string {
  const { verdict, runId, source, budget, contract, baselines, target, startedAt } = result;
  const { word, mark } = VERDICTS[verdict];
  return renderDocument(
    `${word}: contract drift, ${runId}`,
    <>
      <header>
        <p class="overline">
          contract drift · {source === 'drift' ? `budget ${budget}` : `answers of ${source}`} · {runId}
        </p>
        <h1 class={verdict}>
          {mark} {word}
        </h1>
        <p class="headline">{headlineOf(result)}</p>
        <p class="target">
          {target.embedded ? 'Reference server' : 'Service'} at <code>{target.baseUrl}</code>, contract {contract},{' '}
          {plural(baselines, 'baseline')}
          {startedAt !== null && `, ${instant(startedAt)}`}.
        </p>
        <Notes lines={problemsBesides(result)} />
        <Next steps={driftSteps(result)} />
      </header>
      <Findings result={result} />
      <HistorySection result={result} history={history} />
      <Reach result={result} />
    </>,
  );
}

function Findings({ result: { findings, accepted, judge } }: { result: DriftResult }): VNode {
  return (
    <section id="findings">
      <h2>Findings</h2>
      {findings.length === 0 && <p>None.</p>}
      {findings.map((finding) => (
        <FindingView finding={finding} failing={isFailing(finding, judge)} />
      ))}
      {accepted.length > 0 && <h3>Accepted</h3>}
      {accepted.map((finding) => (
        <FindingView finding={finding} failing={false} />
      ))}
    </section>
  );
}

/** What the check could have seen, and what it could not. */
function Reach({ result }: { result: DriftResult }): VNode {
  const { coverage, notTested } = result;
  const rows = coverage.map(({ kind, condition, n, findings, seenAbove }) => [
    `${probeName(kind)}: ${condition}`,
    count(n),
    count(findings),
    share(seenAbove),
  ]);
  return (
    <>
      <TableSection
        id="reach"
        title="What it could have detected"
        header={['Probe', 'Answers judged', 'Findings', 'Detected with 99% probability from']}
        rows={rows}
      />
      <p>
        {reachOf(result)}. {requestsOf(result)}.
      </p>
      <Listed id="distributions" title="Reply distributions" lines={distributionLines(result)} />
      <Listed id="not-tested" title="Not tested" lines={notTested.map(untestedText)} />
      <Listed id="left-behind" title="Left behind" lines={leftLines(result)} />
    </>
  );
}

function Listed({ id, title, lines }: { id: string; title: string; lines: readonly string[] }): VNode | null {
  if (lines.length === 0) return null;
  return (
    <section id={id}>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </section>
  );
}
