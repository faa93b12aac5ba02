import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Plan } from '../../../../contracts/generated/plan.ts';
import { namesOf } from '../../../distribute/cluster-run.ts';
import { CLI, PACKAGE_ROOT } from '../../../foundation/package-root.ts';
import { serveHere } from '../../kills/served.ts';
import { disturb, requireUntil } from '../disturb.ts';
import { CONFIG, LOAD, type Outcome, outcomeOf, SERVICE, type Trial } from '../trial.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { startNode } from './node.ts';
import type { Programs } from './programs.ts';
import { assertRefusals, OPERATOR_CRD, PRIVATE_LOAD_ZONES } from './schemas.ts';

/** A service that only the cluster's DNS knows. */
const SERVICE_HOST = 'fini.example';
const START_IN = '25s';

/** Starts an API server and the operator's controller, hands over how a trial is executed there, and stops them. */
export async function onCluster(
  programs: Programs & { readonly k6: string },
  work: (execute: (trial: Trial, cwd: string) => Promise<Outcome>) => Promise<number>,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'fini-cluster-'));
  const plane = await startControlPlane(programs, folder);
  try {
    await plane.kubectl(['apply', '--server-side', '-f', join(PACKAGE_ROOT, OPERATOR_CRD)]);
    await writeFile(join(folder, 'zones.json'), JSON.stringify(PRIVATE_LOAD_ZONES));
    await plane.kubectl(['apply', '-f', 'zones.json']);
    await requireUntil(() =>
      plane.kubectl(['get', 'testruns', '-A']).then(
        () => true,
        () => false,
      ),
    );
    const operator = execa(programs.operator, ['--metrics-bind-address=0', '--health-probe-bind-address=0'], {
      env: { KUBECONFIG: plane.kubeconfig },
      reject: false,
      stdin: 'ignore',
      stdout: { file: join(folder, 'operator.log') },
      stderr: { file: join(folder, 'operator.log') },
    });
    let number = 0;
    const execute = (trial: Trial, cwd: string): Promise<Outcome> => {
      number += 1;
      return inNamespace(`trial-${number}`, trial, { plane, cwd, k6: programs.k6 });
    };
    try {
      return await work(execute);
    } finally {
      operator.kill();
      await operator;
    }
  } finally {
    await plane.stop();
    await rm(folder, { recursive: true });
  }
}

interface Site {
  readonly plane: ControlPlane;
  readonly cwd: string;
  readonly k6: string;
}

/** Does what README.md of a distributed folder says. */
async function inNamespace(namespace: string, trial: Trial, { plane, cwd, k6 }: Site): Promise<Outcome> {
  const kubectl = (...args: string[]): Promise<string> =>
    plane.kubectl(['-n', namespace, ...args], join(cwd, 'cluster'));
  const served = await serveHere(SERVICE);
  try {
    const plan = await distribute(trial, served.env, cwd);
    await plane.kubectl(['create', 'namespace', namespace]);
    await kubectl(
      'create',
      'secret',
      'generic',
      'fini-api-key',
      `--from-literal=FINI_API_KEY=${served.env.FINI_API_KEY}`,
    );
    await kubectl('apply', '--server-side', '--dry-run=server', '--validate=strict', '-k', '.');
    await assertRefusals(plane, namespace, cwd);
    await kubectl('apply', '--server-side', '-k', '.');
    const { run, ledger } = namesOf(plan);
    const last = `${run}-${trial.runners}`;
    const { disturbance } = trial;
    const ahead = new Map(disturbance.kind === 'clock' ? [[last, disturbance.aheadMs]] : []);
    const volumes = join(cwd, 'volumes');
    await mkdir(volumes);
    const node = startNode({ plane, namespace, folder: volumes, k6 }, ahead);
    try {
      const received = (): number => served.turns?.().length ?? 0;
      await disturb(disturbance, {
        pid: () => node.pid(last),
        // A runner that does not answer before holds up all of them.
        isReady: () => node.exitCode(`${run}-starter`) !== undefined,
        startAt: () => plan.startAt,
        received,
      });
      await node.ended(`${run}-collect`);
      return outcomeOf(join(volumes, ledger), node.exitCode(`${run}-collect`), received());
    } finally {
      await node.stop();
    }
  } finally {
    await served.close();
  }
}

/** Writes the manifests; the DNS of this cluster is a change of their plan. */
async function distribute({ runners }: Trial, env: Readonly<Record<string, string>>, cwd: string): Promise<Plan> {
  await writeFile(join(cwd, 'fini-harness.config.json'), JSON.stringify(CONFIG));
  const { FINI_BASE_URL: url = '', ...keys } = env;
  const host = `${SERVICE_HOST}:${new URL(url).port}`;
  const target = ['--base-url', `https://${host}`, '--confirm-target', host, '--start-in', START_IN];
  const args = ['distribute', ...LOAD, '--runners', String(runners), '--out', 'cluster', '--no-build', ...target];
  await execa(process.execPath, [CLI, ...args], { cwd, env: { ...keys, FINI_BASE_URL: undefined }, stdin: 'ignore' });
  const path = join(cwd, 'cluster', 'files', 'run.json');
  const text = (await readFile(path, 'utf8')).replaceAll(`https://${host}`, url);
  await writeFile(path, text);
  return JSON.parse(text) as Plan;
}
