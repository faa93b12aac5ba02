import { resolve } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import { renderCleanup } from '../audit/report/cleanup-text.ts';
import { renderAudit } from '../audit/report/text.ts';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { outputFiles } from '../k6/output-files.ts';
import { checkPassthrough, checkSharedOutputs } from '../k6/passthrough.ts';
import { packLedger } from '../ledger/pack-ledger.ts';
import { createRunFolder } from '../ledger/run-folder.ts';
import type { ReportModel } from '../report/model.ts';
import { renderText } from '../report/text.ts';
import { withAudit, worstExitCode } from '../report/with-audit.ts';
import { writeReports } from '../report/write-reports.ts';
import { admit, intentOf } from '../run/admit.ts';
import { assertResources } from '../run/assert-resources.ts';
import { execute, spentBy } from '../run/execute.ts';
import type { PlannedService } from '../run/may-send.ts';
import { type Prepared, prepare } from '../run/plan/prepare.ts';
import { sendingOf } from '../run/plan/safety.ts';
import { assertCanContinue } from '../run/preflight.ts';
import { runSequence, type Stage } from '../run/sequence.ts';
import { wantsEmbedded } from '../run/wants-embedded.ts';
import { addFileToStepSummary } from '../secrets/step-summary.ts';
import type { View } from '../view/server/start-view.ts';
import { auditUnlessStopped } from './audit.ts';
import { cleanUpUnlessStopped } from './cleanup.ts';
import { AUDIT_DEFAULTS } from './flags/audit-flags.ts';
import { prepareOptionsOf } from './flags/load-flags.ts';
import type { RunOptions } from './flags/run-flags.ts';
import { type Judging, judgedRun } from './judged.ts';
import { notifying } from './notify.ts';
import { summarise } from './plan-summary.ts';
import { renderRows } from './render-plan.ts';
import { taskOf } from './stored-run.ts';

/** So long the page of a run that has ended can still read how it ended. */
const LAST_LOOK_MS = 4_000;

/** Runs a scenario to its verdict: plan, k6, ledger, metrics, verdict, reports. */
export const run: Command<RunOptions> = notifying('run', async (options, io, judged) => {
  const { out, quiet, rest: k6Args } = options;
  checkPassthrough(k6Args);
  checkSharedOutputs(outputFiles(k6Args, io.cwd, io.env), options.runners);
  if (options.cleanup && options.keepTexts !== undefined)
    throw usageError('--cleanup removes the texts that --keep-texts stores: use only one of them');
  const prepared = await prepare({ ...prepareOptionsOf(options), keepTexts: options.keepTexts }, io);
  const viewed: View[] = [];
  return runSequence(
    {
      services: { service: plannedService(prepared, options, io) },
      plan: async ({ service }) => {
        const plan = { ...prepared.plan, target: service.target };
        assertCanContinue(plan, service);
        await assertResources(plan, resolve(io.cwd, out ?? 'results'), io);
        return plan;
      },
      admit: (plan, { service }) => admit(intentOf(plan, prepared.config), service, io),
      folder: async ({ scenario }) => ({ folder: await createRunFolder({ out, scenario }, io.cwd), counted: true }),
      run: async ({ planned: plan, folder, k6, services: { service } }) => {
        if (options.view) viewed.push(await showRun(folder.path, io));
        const ran = await execute({ plan, folder, k6, service, k6Args, quiet }, io);
        return { ran, spent: spentBy(ran.result) };
      },
      conclude: async (ran, stage) => {
        const exitCode = await conclude(ran, stage, { ...options, judged }, io);
        if (options.packLedger) await packLedger(stage.folder);
        return exitCode;
      },
    },
    io,
  ).finally(() => Promise.all(viewed.map(({ close }) => close(LAST_LOOK_MS))));
});

/** The page of the run, from its first turn until its reports are written. */
async function showRun(folder: string, io: Io): Promise<View> {
  const { startView } = await import('../view/server/start-view.ts');
  const view = await startView({ folder, memory: folder, redact: io.guard.redact });
  io.err('Open this address in a browser of this machine; it works once, until the run has ended:\n');
  io.err(`${view.url}\n`);
  return view;
}

function plannedService(prepared: Prepared, options: RunOptions, io: Io): PlannedService {
  const { plan, profile } = prepared;
  return {
    target: { ...plan.target, embedded: wantsEmbedded(options, prepared.namesService, io.env) },
    config: plan.config,
    env: io.env,
    sending: sendingOf(plan, profile),
    typed: options.confirmTarget,
    shown: renderRows(summarise(prepared, false)),
    deletes: options.cleanup,
  };
}

/** Audits where that was asked for, reports, and cleans up where that was. */
async function conclude(
  ran: ReportModel,
  { planned: plan, folder, services: { service } }: Stage<'service', Plan>,
  options: Judging<RunOptions>,
  io: Io,
): Promise<number> {
  const task = taskOf({ plan, folder, apiKey: service.apiKey }, io);
  const audit = options.audit ? await auditUnlessStopped(AUDIT_DEFAULTS, task, io) : undefined;
  const model = withAudit(ran, audit);
  options.judged(judgedRun(model.result));
  const { html, markdown } = await writeReports(folder.path, model, io.guard.redact);
  await addFileToStepSummary(markdown, io);
  if (options.json) io.json(model.result);
  (options.json ? io.err : io.out)(renderText(model, { reportPath: html }));
  if (audit !== undefined) io.err(renderAudit(audit));
  const judged = worstExitCode(model.result.exitCode, options.audit && !audit ? EXIT.interrupted : EXIT.pass);
  if (!options.cleanup) return judged;
  const cleanup = await cleanUpUnlessStopped({ dryRun: false, ...AUDIT_DEFAULTS }, task, io);
  if (cleanup !== undefined) io.err(renderCleanup(cleanup));
  return worstExitCode(judged, cleanup?.exitCode ?? EXIT.interrupted);
}
