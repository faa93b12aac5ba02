import { resolve } from 'node:path';
import type { DriftPlan } from '../../contracts/generated/drift-plan.ts';
import { readKnown } from '../drift/baseline/known.ts';
import { readMemory } from '../drift/baseline/memory.ts';
import { conclude } from '../drift/conclude.ts';
import { rejudge } from '../drift/from-run/rejudge.ts';
import { judgeDrift } from '../drift/judge-drift.ts';
import { userTurnsOf } from '../drift/plan/make-drift-plan.ts';
import { requestedPlan } from '../drift/plan/requested-plan.ts';
import { mostProbeTurns } from '../drift/probe-turns.ts';
import { runProbes } from '../drift/run-probes.ts';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { buildAll } from '../k6/build/all.ts';
import { createRunFolder, type RunFolder } from '../ledger/run-folder.ts';
import { admit } from '../run/admit.ts';
import { loadConfig } from '../run/config/load.ts';
import { targetOf } from '../run/plan/prepare.ts';
import { runSequence } from '../run/sequence.ts';
import { wantsEmbedded } from '../run/wants-embedded.ts';
import { acceptDrift } from './drift-accept.ts';
import type { DriftOptions } from './flags/drift-flags.ts';
import { settingsOf } from './flags/settings.ts';
import { type Judging, judgedDrift } from './judged.ts';
import { notifying } from './notify.ts';
import { renderDriftPlan } from './render-drift-plan.ts';

/** User turns that go to any host without confirmation. */
const HARMLESS_TURNS = 20;
/** What the probes' own scenario allows. */
const LONGEST_MS = 3 * 3_600_000;

/** Probes whether the API still keeps its contract, and judges what came. */
export const drift: Command<DriftOptions> = notifying('drift', async (options, io, judged) => {
  if (options.action === 'accept') return acceptDrift(options, io);
  if (options.from !== undefined) return judgeAgain({ ...options, judged }, options.from, io);
  if (options.propose) {
    throw usageError('--propose needs a finished check: give its folder with --from');
  }
  const { config, namesService, contract } = await loadConfig({ flags: settingsOf(options), path: options.config }, io);
  const { acceptances } = await readMemory(resolve(io.cwd, options.memory));
  const today = new Date().toISOString().slice(0, 10);
  const hasAccepted = acceptances.some(({ expires }) => expires >= today);
  const request = { budget: options.budget, config, contract, hasAccepted };
  const target = { ...targetOf(config, io.insecureTls), embedded: wantsEmbedded(options, namesService, io.env) };
  const planned = requestedPlan(request, target, io.env);
  if (options.plan) {
    io.out(renderDriftPlan(planned, options.budget, config));
    return EXIT.pass;
  }
  if (options.build) await buildAll();
  const turns = userTurnsOf(planned);
  const service = {
    target,
    config: { ...config },
    env: io.env,
    sending: { what: 'drift', baseUrl: target.baseUrl, turns, harmless: turns <= HARMLESS_TURNS },
    typed: options.confirmTarget,
  };
  return runSequence(
    {
      services: { service },
      plan: async ({ service: { canRead, target, spare } }) => {
        if (!canRead) throw usageError('the API key lacks the read scope, which reading stored conversations needs');
        const { strictAdditive, strictStatistical } = options;
        const env = { ...io.env, ...spare };
        return { env, plan: { ...requestedPlan(request, target, env), judge: { strictAdditive, strictStatistical } } };
      },
      admit: ({ plan }, { service }) => {
        const intent = { what: 'fini-harness drift', most: mostProbeTurns(plan), limits: config, lengthMs: LONGEST_MS };
        return admit(intent, service, io);
      },
      folder: async () => {
        return { folder: await createRunFolder({ out: options.out, scenario: 'drift' }, io.cwd), counted: false };
      },
      run: ({ planned, services: { service }, k6, folder }) => runProbes({ ...planned, folder, k6, service }, io),
      conclude: ({ interrupted }, { planned: { plan }, folder }) =>
        judge({ ...options, judged }, { plan, folder, interrupted }, io),
    },
    io,
  );
});

interface Probed {
  readonly plan: DriftPlan;
  readonly folder: RunFolder;
  readonly interrupted: boolean;
}

async function judge(options: Judging<DriftOptions>, { plan, folder, interrupted }: Probed, io: Io): Promise<number> {
  const { strictAdditive, strictStatistical, json } = options;
  const memory = resolve(io.cwd, options.memory);
  const policy = { ...(await readKnown(memory, plan)), strictAdditive, strictStatistical, interrupted };
  const result = await judgeDrift(plan, folder, { ...policy, today: plan.createdAt.slice(0, 10) });
  options.judged(judgedDrift(result));
  return conclude(result, { folder: folder.path, memory, json }, io);
}

async function judgeAgain(options: Judging<DriftOptions>, from: string, io: Io): Promise<number> {
  const { strictAdditive, strictStatistical, json, propose } = options;
  const memory = resolve(io.cwd, options.memory);
  const out = options.out === undefined ? undefined : resolve(io.cwd, options.out);
  const strictness = { strictAdditive, strictStatistical };
  const { result, folder } = await rejudge(resolve(io.cwd, from), { out, memory, strictness });
  options.judged(judgedDrift(result));
  return conclude(result, { folder, memory, json, propose }, io);
}
