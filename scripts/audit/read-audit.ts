import { existsSync, readFileSync } from 'node:fs';
import type { Audit } from '../../contracts/generated/audit.ts';
import { validatorOf } from '../foundation/schema/validator.ts';
import type { RunFolder } from '../ledger/run-folder.ts';
import { auditPath } from './run-audit.ts';

/** The audit in a run's folder; undefined where there is none, or none of this run and version. */
export function readAudit(folder: RunFolder, runId: string): Audit | undefined {
  const path = auditPath(folder);
  if (!existsSync(path)) return undefined;
  try {
    const audit: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return validatorOf('audit')(audit) && (audit as Audit).runId === runId ? (audit as Audit) : undefined;
  } catch {
    return undefined;
  }
}
