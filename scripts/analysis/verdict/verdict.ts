import { familyOf } from '../../../contracts/gate-metric.ts';
import type { Counts, GateResult, Problem, Result } from '../../../contracts/generated/result.ts';
import { EXIT, type ExitCode } from '../../foundation/exit-codes.ts';
import type { Verdict } from './gate.ts';

export interface Judgement {
  readonly verdict: Verdict;
  readonly exitCode: ExitCode;
  readonly reason: Result['reason'];
}

interface Grounds {
  readonly gates: readonly GateResult[];
  readonly problems: readonly Problem[];
  readonly counts: Counts;
  /** Why circuit breakers opened. */
  readonly breakers: readonly string[];
}

/** Problems that are the harness's own fault, unless the user ended the run. */
const FAULTS: readonly Problem['code'][] = [
  'harness-fault',
  'runner-missing',
  'lane-missing',
  'ledger-damaged',
  'conversations-missing',
  'k6-failed',
  'k6-killed',
  'ledger-unwritable',
];

/**
 * The verdict: fail where a gate fails; else no evidence where a gate has none, where the service could not be used at all,
 * where the run is invalid, or where it is incomplete in a way that could flatter the service.
 *
 * The exit code, first that holds: interrupted, harness fault, target unreachable or key refused, contract violated,
 * another gate failed, no evidence, pass.
 */
export function decide(grounds: Grounds): Judgement {
  const { gates, problems } = grounds;
  const failed = gates.filter(({ verdict }) => verdict === 'fail');
  const unknown = gates.filter(({ verdict }) => verdict === 'no-evidence');
  const blocking = problems.some(isBlocking);
  const outage = findOutage(grounds);
  const isOpen = unknown.length > 0 || blocking || gates.length === 0 || outage !== undefined;
  const verdict = failed.length > 0 ? 'fail' : isOpen ? 'no-evidence' : 'pass';
  return { verdict, exitCode: exitCode(verdict, failed, problems, outage), reason: reason() };

  function reason(): Result['reason'] {
    if (verdict === 'pass') return 'gates-met';
    if (outage !== undefined) return outage;
    if (verdict === 'fail') return 'gates-failed';
    if (blocking) return 'problem';
    return unknown.length > 0 ? 'gates-undecided' : 'no-gates';
  }
}

/** Whether a run with this problem is no evidence; cut turns cannot flatter a service, they count against it. */
export function isBlocking({ severity, code }: Problem): boolean {
  return severity !== 'notice' && code !== 'turns-cut';
}

type Outage = Extract<Result['reason'], 'key-refused' | 'scope-missing' | 'target-unreached'>;

/** Why the service could not be used at all, where that is so. */
function findOutage({ counts, breakers }: Grounds): Outage | undefined {
  if (breakers.includes('unauthorised')) return 'key-refused';
  if (breakers.includes('forbidden')) return 'scope-missing';
  return counts.sent > 0 && counts.unsent === counts.sent ? 'target-unreached' : undefined;
}

function exitCode(
  verdict: Verdict,
  failed: readonly GateResult[],
  problems: readonly Problem[],
  outage: Outage | undefined,
): ExitCode {
  const codes = problems.map(({ code }) => code);
  if (codes.includes('interrupted')) return EXIT.interrupted;
  if (codes.some((code) => FAULTS.includes(code))) return EXIT.harnessFault;
  if (outage !== undefined) return EXIT.unreachable;
  if (failed.some(({ metric }) => familyOf(metric) === 'violations')) return EXIT.contractViolated;
  if (verdict === 'fail') return EXIT.gateFailed;
  return verdict === 'pass' ? EXIT.pass : EXIT.noEvidence;
}
