import type { Audit } from '../../contracts/generated/audit.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import { type FindingKind, KINDS } from './finding.ts';
import type { Reconciled } from './reconcile.ts';

/** The verdict: fail for any breach; no evidence where a conversation could not be read; else pass. Notices fail nothing. */
export function judgeAudit({ counts, findings }: Reconciled): Pick<Audit, 'verdict' | 'exitCode' | 'headline'> {
  const breaches = findings.filter((finding) => finding.class !== 'notice');
  const { read, selected, unread, named } = counts;
  if (breaches.length > 0) {
    const kinds = (Object.keys(KINDS) as FindingKind[]).flatMap((kind) => {
      const times = breaches.filter((finding) => finding.kind === kind).length;
      return times === 0 ? [] : [`${times} ${kind}`];
    });
    return { verdict: 'fail', exitCode: EXIT.contractViolated, headline: `Fail: ${kinds.join(', ')}.` };
  }
  if (read === 0 || unread > 0) {
    const why =
      selected === 0 ? 'the run has no conversation' : `${unread} of ${selected} conversations could not be read`;
    return { verdict: 'no-evidence', exitCode: EXIT.noEvidence, headline: `No evidence: ${why}.` };
  }
  if (counts.named + counts.stored === 0) {
    const headline = 'No evidence: no turn was answered, and nothing is stored.';
    return { verdict: 'no-evidence', exitCode: EXIT.noEvidence, headline };
  }
  const headline = `Pass: ${read} conversations hold all ${named} events that answers named, and nothing else.`;
  return { verdict: 'pass', exitCode: EXIT.pass, headline };
}
