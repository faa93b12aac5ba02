import type { Audit } from '../../contracts/generated/audit.ts';
import type { GateResult, Problem, Result } from '../../contracts/generated/result.ts';
import { isBlocking } from '../analysis/verdict/verdict.ts';
import { auditReason } from '../audit/report/text.ts';
import { count, plural } from '../foundation/text/format.ts';
import { VERDICTS } from '../foundation/text/verdicts.ts';
import { gateSentence } from './gate-sentence.ts';
import { problemSentence } from './problem-sentence.ts';

/** The verdict with its reason: `Fail: latency.p95: 16.0 s, wanted < 15 s.` */
export function headlineOf(result: Result, audit?: Audit): string {
  return `${VERDICTS[result.verdict].word}: ${reasonAfterColon(result, audit)}`;
}

/** Why the verdict is what it is, for places that show the verdict already. */
export function reasonOf(result: Result, audit?: Audit): string {
  // Not the name of a metric, nor k6.
  return reasonAfterColon(result, audit).replace(
    /^[a-z]+(?= )/,
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  );
}

function reasonAfterColon(result: Result, audit?: Audit): string {
  const { reason, gates, counts } = result;
  switch (reason) {
    case 'gates-met':
      return gates.length === 1 ? 'the only gate is met.' : `all ${count(gates.length)} gates are met.`;
    case 'gates-failed':
      return gateReason(
        gates.filter(({ verdict }) => verdict === 'fail'),
        result,
        'failed',
      );
    case 'gates-undecided':
      return gateReason(
        gates.filter(({ verdict }) => verdict === 'no-evidence'),
        result,
        'undecided',
      );
    case 'no-gates':
      return `the plan has no gates${result.gatesOff === undefined ? '' : ': the configuration turned them off'}.`;
    case 'problem':
      return `${problemSentence(headProblem(result), result)}.`;
    case 'key-refused':
      return 'the API key is refused (401).';
    case 'scope-missing':
      return 'the API key lacks a scope (403).';
    case 'target-unreached':
      return `none of ${plural(counts.sent, 'turn')} reached the target.`;
    case 'audit':
      return audit === undefined ? 'see audit.json.' : `the audit: ${auditReason(audit)}`;
    default:
      return reason satisfies never;
  }
}

function gateReason([first, ...rest]: readonly GateResult[], result: Result, how: string): string {
  if (first === undefined) return '';
  const more = rest.length === 0 ? '' : ` ${count(rest.length)} more ${how}.`;
  return `${first.metric}: ${gateSentence(first, result)}${more}`;
}

/** The problem that is the reason of the verdict, where one is. */
function headProblem({ reason, problems }: Result): Problem | undefined {
  return reason === 'problem' ? problems.find(isBlocking) : undefined;
}

/** Problems other than the one that the reason tells. */
export function problemsBesides(result: Result): Problem[] {
  const head = headProblem(result);
  return result.problems.filter((problem) => problem !== head);
}
