/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { Estimate, Result } from '../../../contracts/generated/result.ts';
import { count, estimate, instant, interval, perSecond, plural, share } from '../../foundation/text/format.ts';
import { shownUrl } from '../../foundation/text/target.ts';
import { VERDICTS } from '../../foundation/text/verdicts.ts';
import { judgedAnswers } from '../judged-rules.ts';
import { loadLine, measuredRow, type ReportModel } from '../model.ts';
import { nextStepsOf } from '../next-step.ts';
import { problemSentence } from '../problem-sentence.ts';
import { problemsBesides, reasonOf } from '../reason.ts';
import { Next } from './next.tsx';

/** The top of the page: the verdict, its reason, and the few numbers that matter. */
export function Verdict({ model }: { model: ReportModel }): VNode {
  const { result } = model;
  const { mark, word } = VERDICTS[result.verdict];
  return (
    <header>
      <p class="overline">
        {result.scenario} · {result.runId}
      </p>
      <h1 class={result.verdict}>
        <span aria-hidden="true">{mark}</span> {word}
      </h1>
      <p class="headline">{reasonOf(result, model.audit)}</p>
      <p class="target">
        {result.target.embedded ? 'Reference server' : 'Service'} at <code>{shownUrl(result.target)}</code>
        {result.window.startedAt !== null && `, ${instant(result.window.startedAt)}`}; {loadLine(result)}.
      </p>
      <Problems result={result} />
      <Next steps={nextStepsOf(result)} />
      <Facts model={model} />
      <nav aria-label="Sections">
        {SECTIONS.map(([id, name]) => (
          <a href={`#${id}`}>{name}</a>
        ))}
      </nav>
    </header>
  );
}

const SECTIONS = [
  ['gates', 'Gates'],
  ['over-time', 'Over time'],
  ['latency', 'Latency'],
  ['contract', 'Contract'],
  ['turns', 'Turns'],
  ['run', 'Generator and plan'],
] as const;

function Problems({ result }: { result: Result }): VNode | null {
  const problems = problemsBesides(result);
  if (problems.length === 0) return null;
  return (
    <ul class="problems">
      {problems.map((problem) => (
        <li class={problem.severity}>
          <b>{problem.severity}</b> {problemSentence(problem, result)}
        </li>
      ))}
    </ul>
  );
}

function Facts({ model }: { model: ReportModel }): VNode {
  const { result } = model;
  const row = measuredRow(model);
  const flow = result.throughput;
  const judged = judgedAnswers(result);
  return (
    <dl class="facts">
      {row && (['p50', 'p95', 'p99'] as const).map((level) => <Quantile level={level} it={row[level]} />)}
      {result.goodput && (
        <Fact
          term="Good turns"
          value={result.goodput.value === null ? 'not known' : share(result.goodput.value)}
          note={interval(result.goodput, share)}
        />
      )}
      <Fact
        term="Violated the contract"
        value={judged === 0 ? 'not known' : count(result.counts.withViolations)}
        note={`of ${plural(judged, 'answer')}`}
      />
      {result.conversations && (
        <Fact
          term="Conversations"
          value={share(result.conversations.completed.value ?? 0)}
          note={`completed ${interval(result.conversations.completed, share)}`}
        />
      )}
      {flow && (
        <Fact
          term="Completed"
          value={perSecond(flow.completedPerSecond)}
          note={`of ${perSecond(flow.offeredPerSecond)} offered`}
        />
      )}
    </dl>
  );
}

function Quantile({ level, it }: { level: string; it: Estimate }): VNode {
  const known = it.value !== null || it.needs === undefined;
  return (
    <Fact
      term={`${level} latency`}
      value={known ? estimate(it) : 'not known'}
      note={known ? interval(it) : `needs ${count(it.needs ?? 0)} independent turns`}
    />
  );
}

function Fact({ term, value, note }: { term: string; value: string; note: string }): VNode {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <span class="value">{value}</span> <span class="note">{note}</span>
      </dd>
    </div>
  );
}
