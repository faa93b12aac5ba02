import type { Counts, GateResult, Problem } from '../../../contracts/generated/result.ts';
import { EXIT, type ExitCode } from '../../foundation/exit-codes.ts';
import type { Verdict } from './gate.ts';

export interface Judgement {
  readonly verdict: Verdict;
  readonly exitCode: ExitCode;
  readonly headline: string;
}

interface Grounds {
  readonly gates: readonly GateResult[];
  readonly problems: readonly Problem[];
  readonly counts: Counts;
  /** Why circuit breakers opened. */
  readonly breakers: readonly string[];
}

/** Problems that are the harness's own fault, unless the user ended the run. */
const FAULTS = [
  'harness-fault',
  'lane-missing',
  'ledger-damaged',
  'conversations-missing',
  'k6-failed',
  'ledger-unwritable',
];

/**
 * The verdict: fail where a gate fails; else no evidence where a gate has none, where the run is invalid,
 * or where it is incomplete in a way that could flatter the service (cut turns cannot: they count against it).
 *
 * The exit code, first that holds: interrupted, harness fault, target unreachable or key refused, contract violated,
 * another gate failed, no evidence, pass.
 */
export function decide(grounds: Grounds): Judgement {
  const { gates, problems } = grounds;
  const failed = gates.filter(({ verdict }) => verdict === 'fail');
  const unknown = gates.filter(({ verdict }) => verdict === 'no-evidence');
  const blocking = problems.filter(({ severity, code }) => severity !== 'notice' && code !== 'turns-cut');
  const verdict =
    failed.length > 0
      ? 'fail'
      : unknown.length > 0 || blocking.length > 0 || gates.length === 0
        ? 'no-evidence'
        : 'pass';
  const outage = findOutage(grounds);
  return { verdict, exitCode: exitCode(verdict, failed, problems, outage), headline: headline() };

  function headline(): string {
    if (verdict === 'pass') return `Pass: all ${gates.length} gates hold.`;
    const [gate] = failed.length > 0 ? failed : [];
    const [first] = blocking;
    const [open] = unknown;
    if (outage !== undefined) return `${verdict === 'fail' ? 'Fail' : 'No evidence'}: ${outage}.`;
    if (gate !== undefined)
      return `Fail: ${gate.metric}: ${gate.why}${failed.length > 1 ? ` ${failed.length - 1} more failed.` : ''}`;
    if (first !== undefined) return `No evidence: ${first.message}.`;
    if (open !== undefined) return `No evidence: ${open.metric}: ${open.why}`;
    return 'No evidence: the plan has no gates.';
  }
}

/** Why the service could not be used at all, where that is so. */
function findOutage({ counts, breakers }: Grounds): string | undefined {
  if (breakers.includes('unauthorised')) return 'the API key is refused (401)';
  if (breakers.includes('forbidden')) return 'the API key lacks a scope (403)';
  if (counts.sent > 0 && counts.unsent === counts.sent) return `none of ${counts.sent} turns reached the target`;
  return undefined;
}

function exitCode(
  verdict: Verdict,
  failed: readonly GateResult[],
  problems: readonly Problem[],
  outage: string | undefined,
): ExitCode {
  const codes = problems.map(({ code }) => code);
  if (codes.includes('interrupted')) return EXIT.interrupted;
  if (codes.some((code) => FAULTS.includes(code))) return EXIT.harnessFault;
  if (outage !== undefined) return EXIT.unreachable;
  if (failed.some(({ metric }) => metric === 'violations.count')) return EXIT.contractViolated;
  if (verdict === 'fail') return EXIT.gateFailed;
  return verdict === 'pass' ? EXIT.pass : EXIT.noEvidence;
}
