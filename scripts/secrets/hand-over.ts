import { dirname, join } from 'node:path';
import { type Guard, unredacted } from '../foundation/guard.ts';
import { privateFolder } from '../foundation/private-folder.ts';
import { writeJson } from '../ledger/run-folder.ts';
import { planRecord } from './plan-record.ts';

/** A plan on its way to k6. */
export interface HandedOver {
  /** Where it lies whole. */
  readonly path: string;
  /** Environment that tells k6 what it may not write. */
  readonly redaction: Readonly<Record<string, string>>;
  /** Removes what only k6 was to read. */
  readonly withdraw: () => Promise<void>;
}

/**
 * Writes the plan twice: to `record` without personal data, and as it is to a private folder that only k6 reads, until
 * `withdraw`. The folder of the record is watched. The forms of the keys go by environment alone; personal data may be too much for it.
 */
export async function handOver(plan: object, record: string, guard: Guard): Promise<HandedOver> {
  guard.watch(dirname(record));
  await writeJson(record, planRecord(plan, guard.redact), unredacted);
  const folder = await privateFolder();
  const [path, personal] = [join(folder.path, 'run.json'), join(folder.path, 'personal.json')];
  const { keys, ...rest } = guard.forbidden();
  await writeJson(path, plan, unredacted);
  await writeJson(personal, rest, unredacted);
  return {
    path,
    redaction: { FINI_REDACTION: JSON.stringify(keys), FINI_PERSONAL: personal },
    withdraw: folder.remove,
  };
}
