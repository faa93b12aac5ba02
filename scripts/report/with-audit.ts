import type { Audit } from '../../contracts/generated/audit.ts';
import type { Result } from '../../contracts/generated/result.ts';
import { EXIT, type ExitCode } from '../foundation/exit-codes.ts';
import type { ReportModel } from './model.ts';

/** The order in which exit codes of several judges count. */
const ORDER: readonly number[] = [
  EXIT.interrupted,
  EXIT.harnessFault,
  EXIT.unreachable,
  EXIT.contractViolated,
  EXIT.gateFailed,
  EXIT.noEvidence,
  EXIT.pass,
] satisfies readonly ExitCode[];

/** The exit code of several, worst first. */
export function worstExitCode(...codes: readonly number[]): number {
  return [...codes].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))[0] ?? EXIT.pass;
}

/** A run with what its audit found: a run does not pass whose audit does not. */
export function withAudit(model: ReportModel, audit: Audit | undefined): ReportModel {
  return audit === undefined ? model : { ...model, audit, result: judgedWith(model.result, audit) };
}

function judgedWith(result: Result, audit: Audit): Result {
  const exitCode = worstExitCode(result.exitCode, audit.exitCode);
  const isWorse = result.verdict === 'pass' || (result.verdict === 'no-evidence' && audit.verdict === 'fail');
  if (audit.verdict === 'pass' || !isWorse) return { ...result, exitCode };
  return { ...result, exitCode, verdict: audit.verdict, reason: 'audit' };
}
