import { resolve } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { sayProxy } from '../http/use-proxy.ts';
import { checkPassthrough } from '../k6/passthrough.ts';
import { findK6, type K6 } from '../k6/provision.ts';
import { createRunFolder, type RunFolder } from '../ledger/run-folder.ts';
import { renderAudit } from '../report/audit-text.ts';
import { renderCleanup } from '../report/cleanup-text.ts';
import type { ReportModel } from '../report/model.ts';
import { renderText } from '../report/text.ts';
import { withAudit, worstExitCode } from '../report/with-audit.ts';
import { writeReports } from '../report/write-reports.ts';
import { admit, intentOf } from '../run/admit.ts';
import { assertResources } from '../run/assert-resources.ts';
import { apiKeyOf } from '../run/config/environment.ts';
import type { FullConfig } from '../run/config/load.ts';
import { execute } from '../run/execute.ts';
import { assertMayDelete } from '../run/plan/known-target.ts';
import { type Prepared, prepare, requireBotId } from '../run/plan/prepare.ts';
import { askToConfirm, assertConfirmed, sendingOf } from '../run/plan/safety.ts';
import { assertReady } from '../run/preflight.ts';
import { realService, type Service, startEmbedded, wantsEmbedded } from '../run/service.ts';
import { auditUnlessStopped } from './audit.ts';
import { AUDIT_DEFAULTS } from './audit-options.ts';
import { cleanUpUnlessStopped } from './cleanup.ts';
import { summarise } from './plan-summary.ts';
import { renderRows } from './render-plan.ts';
import type { RunOptions } from './run-options.ts';

/** Runs a scenario to its verdict: plan, k6, ledger, metrics, verdict, reports. */
export const run: Command<RunOptions> = async (options, io) => {
  checkPassthrough(options.k6Args);
  const prepared = await prepare(options, io);
  const embedded = wantsEmbedded(options.embedded, prepared.plan, io.env);
  if (!embedded) {
    const confirmed = await confirmTarget(options, prepared, io);
    if (options.cleanup) assertMayDelete(prepared.plan, confirmed);
  }
  const k6 = await findK6(io);
  const service = embedded ? await startEmbedded(prepared.plan, io) : realService(prepared.plan, apiKeyOf(io.env));
  try {
    const plan: Plan = { ...prepared.plan, target: service.target };
    sayProxy(plan.target, io);
    await assertReady(plan, service);
    const { folder, ran } = await hold(plan, prepared.config, { options, k6, service }, io);
    const task = { plan, folder, apiKey: service.apiKey, signal: io.signal, say: io.err };
    const audit = options.audit ? await auditUnlessStopped(AUDIT_DEFAULTS, task, io) : undefined;
    const model = withAudit(ran, audit);
    const { html } = await writeReports(folder.path, model, io.guard.redact);
    if (options.json) io.out(`${JSON.stringify(model.result)}\n`);
    const text = renderText(model, { reportPath: html });
    if (options.json) io.err(text);
    else io.out(text);
    if (audit !== undefined) io.err(renderAudit(audit));
    const judged = worstExitCode(model.result.exitCode, options.audit && !audit ? EXIT.interrupted : EXIT.pass);
    if (!options.cleanup) return judged;
    const cleanup = await cleanUpUnlessStopped({ dryRun: false, ...AUDIT_DEFAULTS }, task, io);
    if (cleanup !== undefined) io.err(renderCleanup(cleanup));
    return worstExitCode(judged, cleanup?.exitCode ?? EXIT.interrupted);
  } finally {
    await service.close();
  }
};

/** Holds the conversations of a plan, into a folder of their own. */
async function hold(
  plan: Plan,
  config: FullConfig,
  { options, k6, service }: { options: RunOptions; k6: K6; service: Service },
  io: Io,
): Promise<{ folder: RunFolder; ran: ReportModel }> {
  await assertResources(plan, resolve(io.cwd, options.out ?? 'results'), io);
  const admission = await admit(intentOf(plan, config), service, io);
  try {
    const folder = await createRunFolder({ out: options.out, scenario: plan.scenario }, io.cwd);
    const { k6Args, quiet } = options;
    return { folder, ran: await execute({ plan, folder, k6, service, k6Args, quiet, admission }, io) };
  } finally {
    await admission.close();
  }
}

/** Before anything else: the key, the bot, and whether this may be sent there at all. Returns the host that was confirmed. */
async function confirmTarget(options: RunOptions, prepared: Prepared, io: Io): Promise<string | undefined> {
  const { plan, profile } = prepared;
  requireBotId(plan);
  apiKeyOf(io.env);
  const sending = sendingOf(plan, profile);
  const confirmed = await askToConfirm(sending, options.confirmTarget, io, renderRows(summarise(prepared, false)));
  assertConfirmed(sending, confirmed);
  return confirmed;
}
