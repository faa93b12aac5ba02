import { EXIT, type ExitCode } from '../../foundation/exit-codes.ts';
import type { Driven, SavedSearch } from '../drive.ts';

/** An answer passes; what is missed at any rate fails; anything else is no evidence. */
export function searchExitCode({ settings }: SavedSearch, { findings, violations, stop, confirmed }: Driven): ExitCode {
  if (stop?.code === 'interrupted') return EXIT.interrupted;
  if (stop?.code === 'key-refused' || stop?.code === 'unreachable') return EXIT.unreachable;
  if (violations > 0) return EXIT.contractViolated;
  if (stop?.code === 'failing' || findings.boundary === 'infeasible') return EXIT.gateFailed;
  if (confirmed.confirmation?.met === false) return EXIT.gateFailed;
  // A limiter that lets nothing through, or too little to tell, is no answer.
  const isLimited = findings.boundary === 'rate-limiter' && findings.threshold !== null;
  const answered = isLimited || ['smooth', 'cliff'].includes(findings.boundary);
  const isLeast = findings.certified !== null && (findings.certified === settings.maxRate || !findings.isReached);
  return answered || isLeast ? EXIT.pass : EXIT.noEvidence;
}
