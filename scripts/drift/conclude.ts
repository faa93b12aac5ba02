import { join } from 'node:path';
import type { DriftResult } from '../../contracts/generated/findings.ts';
import { type Redact, redactStrings } from '../../contracts/redact.ts';
import type { Io } from '../foundation/io.ts';
import { addFileToStepSummary } from '../secrets/step-summary.ts';
import { type PastCheck, readHistory, remember } from './baseline/history.ts';
import { propose, renderProposal, writeProposal } from './propose/propose.ts';
import { renderAnnotations } from './report/annotations.ts';
import { renderDriftText } from './report/text.ts';
import { writeDriftReports } from './report/write-drift-reports.ts';

/** Where a judged run goes to. */
export interface Destination {
  /** Folder of the reports. */
  readonly folder: string;
  /** Folder of baselines, accepted findings and history. */
  readonly memory: string;
  readonly json: boolean;
  /** Whether to write what the findings ask of the contract. */
  readonly propose?: boolean;
}

/** Adds a judged run to the history, writes its reports, and says what came out; returns the exit code. */
export async function conclude(
  judged: DriftResult,
  { folder, memory, json, propose: isAsked = false }: Destination,
  io: Io,
): Promise<number> {
  // Before anything is rendered: what escaping has taken apart is not found any more.
  const result = redactStrings(judged, io.guard.redact) as DriftResult;
  io.guard.watch(folder);
  await writeDriftReports(folder, result, await earlier(memory, result, io.guard.redact), {
    redact: io.guard.redact,
    env: io.env,
  });
  await addFileToStepSummary(join(folder, 'report.md'), io);
  const say = json ? io.err : io.out;
  if (json) io.json(result);
  say(renderDriftText(result, folder));
  if (isAsked) {
    const proposal = await propose(result);
    // Not with the results: what is shown in the contract is searched there for personal data.
    const path = join(memory, 'proposals', result.runId);
    if (proposal.changes.length > 0) await writeProposal(path, proposal);
    say(renderProposal(proposal, path));
  }
  if (io.env.GITHUB_ACTIONS === 'true') say(renderAnnotations(result));
  return result.exitCode;
}

/** What the reference server shows is nobody's history. */
function earlier(memory: string, result: DriftResult, redact: Redact): Promise<readonly PastCheck[]> {
  return result.target.embedded ? readHistory(memory) : remember(memory, result, redact);
}
