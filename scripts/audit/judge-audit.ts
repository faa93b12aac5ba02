import type { Audit } from '../../contracts/generated/audit.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Reconciled } from './reconcile.ts';

type Judgement = Pick<Audit, 'verdict' | 'exitCode' | 'reason'>;

/** The verdict: fail for any breach; no evidence where a conversation could not be read; else pass. Notices fail nothing. */
export function judgeAudit({ counts, findings }: Reconciled): Judgement {
  const { read, selected, unread, named, stored } = counts;
  if (findings.some((finding) => finding.class !== 'notice')) {
    return { verdict: 'fail', exitCode: EXIT.contractViolated, reason: 'breaches' };
  }
  if (selected === 0) return noEvidence('no-conversations');
  if (read === 0 || unread > 0) return noEvidence('unread');
  if (named + stored === 0) return noEvidence('nothing-stored');
  return { verdict: 'pass', exitCode: EXIT.pass, reason: 'all-stored' };
}

const noEvidence = (reason: Audit['reason']): Judgement => ({
  verdict: 'no-evidence',
  exitCode: EXIT.noEvidence,
  reason,
});
