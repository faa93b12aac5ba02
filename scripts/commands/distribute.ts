import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import { assertClusterNames } from '../distribute/cluster-names.ts';
import type { ClusterRun } from '../distribute/cluster-run.ts';
import { CONFIG_MAP_BYTES, instructions, manifestsOf } from '../distribute/manifests.ts';
import { FILES } from '../distribute/test-run.ts';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { bytes } from '../foundation/text/format.ts';
import { createFolder } from '../ledger/run-folder.ts';
import { assertWithinRun, intentOf } from '../run/admit.ts';
import { isLoopback } from '../run/config/base-url.ts';
import { LONGEST_MS } from '../run/config/duration.ts';
import { prepare, requireBotId } from '../run/plan/prepare.ts';
import { bundleOf } from '../run/plan/profiles.ts';
import { assertConfirmed, sendingOf } from '../run/plan/safety.ts';
import { wantsEmbedded } from '../run/wants-embedded.ts';
import type { DistributeOptions } from './flags/distribute-flags.ts';
import { prepareOptionsOf } from './flags/load-flags.ts';

/** Less is over before a cluster has started its first pod. */
const LEAST_START_MS = 10_000;

/** Writes what a cluster needs to execute a plan; sends nothing. */
export const distribute: Command<DistributeOptions> = async (options, io) => {
  const { runners = 1, startIn } = options;
  assertClusterNames(options);
  if (startIn < LEAST_START_MS || startIn > LONGEST_MS) {
    throw usageError(
      '--start-in takes a time from 10s to 168h, in which you apply the manifests and the runners start',
    );
  }
  const prepared = await prepare(prepareOptionsOf(options), io);
  assertDistributable(prepared.plan, wantsEmbedded(options, prepared.namesService, io.env));
  assertConfirmed(sendingOf(prepared.plan, prepared.profile), options.confirmTarget);
  assertWithinRun(intentOf(prepared.plan, prepared.config));
  const now = Date.now();
  const plan: Plan = { ...prepared.plan, startAt: now + startIn, leadMs: startIn };
  const out =
    options.out ??
    join('distributed', `${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}-${plan.scenario}`);
  const folder = await createFolder({ out, name: plan.scenario }, io.cwd);
  const size = await writeFiles(join(folder, 'files'), plan, io);
  const planIn = size > CONFIG_MAP_BYTES ? 'volume' : 'config-map';
  const run: ClusterRun = { ...options, plan, runners, planIn };
  await writeAll(folder, manifestsOf(run, now));
  const reason = planIn === 'volume' ? 'larger than a ConfigMap (1 MiB), so stored in a volume' : 'in a ConfigMap';
  io.err(`Plan and scenario: ${bytes(size)}, ${reason}. Nothing was sent.\n`);
  io.out(`${folder}\n\n${instructions(run, now + startIn)}`);
  return EXIT.pass;
};

function assertDistributable({ target, continuation }: Plan, isEmbedded: boolean): void {
  if (isEmbedded) {
    throw usageError(
      'a cluster cannot reach a reference server on this machine: set a service (FINI_API_KEY, FINI_BOT_ID)',
    );
  }
  requireBotId(target);
  if (isLoopback(target.baseUrl)) {
    throw usageError(
      `${target.baseUrl} is, in a cluster, the machine of each runner: use a host that the cluster can reach`,
    );
  }
  if (continuation.strategy === 'pool') {
    throw usageError(
      'continuation strategy pool prepares conversations, and distribute sends nothing: use discover or single, or fixed with a file of ids',
    );
  }
}

/** What runners read; returns its size. */
async function writeFiles(folder: string, plan: Plan, io: Io): Promise<number> {
  const { keys: _keys, ...personal } = io.guard.forbidden();
  const scenario = await readFile(bundleOf(plan.scenario, io.cwd), 'utf8');
  await writeAll(folder, {
    // Its map is four times as large as the code.
    [FILES.scenario]: scenario.replace(/^\/\/# sourceMappingURL=.*$/m, ''),
    [FILES.plan]: JSON.stringify(plan),
    [FILES.personal]: JSON.stringify(personal),
  });
  const sizes = await Promise.all(Object.values(FILES).map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, each) => sum + each, 0);
}

async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, text, { mode: 0o600 });
  }
}
