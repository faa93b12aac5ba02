import { join } from 'node:path';
import type { Audit, Finding } from '../../contracts/generated/audit.ts';
import type { Plan } from '../../contracts/generated/plan.ts';
import { random } from '../../contracts/random.ts';
import type { Redact } from '../../contracts/redact.ts';
import { HARNESS_VERSION } from '../foundation/package-root.ts';
import { plural } from '../foundation/text/format.ts';
import { apiClient } from '../http/api-client.ts';
import { type RunFolder, writeJson } from '../ledger/run-folder.ts';
import { checkpoint } from './checkpoint.ts';
import { KINDS } from './finding.ts';
import { gather } from './gather.ts';
import { judgeAudit } from './judge-audit.ts';
import { reconcile } from './reconcile.ts';
import { type RunLedger, readRunLedger } from './run-ledger.ts';

export interface AuditOptions {
  /** Conversations to check, drawn with the run's seed; undefined: all. */
  readonly sample?: number | undefined;
  /** Requests at a time. */
  readonly concurrency: number;
  /** How long after its answer an event may stay invisible before it counts as lost. */
  readonly visibleMs: number;
}

export interface AuditTask {
  readonly plan: Plan;
  readonly folder: RunFolder;
  readonly apiKey: string;
  readonly signal: AbortSignal;
  /** Told what goes on. */
  readonly say: (text: string) => void;
  /** Ids and the like are the service's: whatever it sends for one, nothing secret or personal is written down. */
  readonly redact: Redact;
}

/** Tells the draw of the sample apart from all other draws of the run's seed. */
const SAMPLE_STREAM = 0x61;

/** The result of an audit in a run's folder. */
export const auditPath = (folder: RunFolder): string => join(folder.path, 'audit.json');

/**
 * Reads back what the service stored of a run, holds it against the run's ledger, and writes audit.json into its folder.
 * Ended by the signal it throws, and the next call continues from there.
 */
export async function runAudit(
  options: AuditOptions,
  { plan, folder, apiKey, signal, say, redact }: AuditTask,
): Promise<Audit> {
  const startedAt = Date.now();
  const ledger = await readRunLedger(folder);
  const progress = checkpoint(join(folder.path, 'audit.ndjson'), redact);
  const client = apiClient(plan.target, apiKey, signal, { timeoutMs: plan.timeoutMs });
  const selected = draw(ledger, plan.seed, options.sample);
  const resumed = progress.before.size > 0 ? `; ${progress.before.size} were read before the interruption` : '';
  say(`Auditing ${selected.size} of ${plural(ledger.conversations.size, 'conversation')}${resumed}.\n`);
  const { evidence, late } = await gather({ plan, ledger, selected, client, progress, signal, ...options });
  const reconciled = reconcile(evidence);
  const { unread } = reconciled.counts;
  if (unread > 0) say(`${plural(unread, 'conversation')} could not be read${client.trouble()}.\n`);
  const findings = [...reconciled.findings, ...late].sort((a, b) => severity(a) - severity(b));
  const { get, list, failed } = client.counts;
  const audit: Audit = {
    version: 3,
    runId: plan.runId,
    harness: HARNESS_VERSION,
    baseUrl: plan.target.baseUrl,
    startedAt,
    endedAt: Date.now(),
    ...judgeAudit(reconciled),
    sample: options.sample ?? null,
    ...reconciled,
    visibility: { late: late.length, longestMs: longest(late) },
    requests: { get, list, failed },
    findings,
  };
  await writeJson(auditPath(folder), audit, redact);
  progress.remove();
  return audit;
}

const ORDER = Object.keys(KINDS);
const severity = ({ kind }: Finding): number => ORDER.indexOf(kind);

const longest = (late: readonly Finding[]): number | null =>
  late.length === 0 ? null : late.reduce((most, { afterMs = 0 }) => Math.max(most, afterMs), 0);

/** A simple random sample without replacement: the first of a seeded shuffle (Fisher-Yates). */
function draw({ conversations }: RunLedger, seed: number, size = conversations.size): ReadonlySet<number> {
  const numbers = [...conversations.keys()].sort((a, b) => a - b);
  const next = random(seed, SAMPLE_STREAM);
  for (let index = 0; index < Math.min(size, numbers.length); index++) {
    const other = index + Math.floor(next() * (numbers.length - index));
    [numbers[index], numbers[other]] = [numbers[other] ?? 0, numbers[index] ?? 0];
  }
  return new Set(numbers.slice(0, size));
}
