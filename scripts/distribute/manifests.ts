import { stringify } from 'yaml';
import { plural } from '../foundation/text/format.ts';
import { type ClusterRun, labelsOf, namesOf } from './cluster-run.ts';
import { collectJob } from './collect-job.ts';
import { networkPolicies } from './network-policies.ts';
import { FILES, testRun } from './test-run.ts';
import { ledgerClaim, planClaim, planLoader } from './volumes.ts';

/** A ConfigMap holds 1 MiB in all, its names included. */
export const CONFIG_MAP_BYTES = 1024 ** 2 - 4_096;

/** A file of the base, by its path in the folder. */
export type Manifests = Readonly<Record<string, string>>;

/** The files that a cluster applies, as a kustomize base; `volume/` comes first where the plan needs a volume. */
export function manifestsOf(run: ClusterRun, now: number): Manifests {
  const { plan, planIn } = run;
  const inVolume = planIn === 'volume';
  const resources = {
    'test-run.yaml': [testRun(run)],
    'collect-job.yaml': [collectJob(run, now)],
    'ledger-volume.yaml': [ledgerClaim(run)],
    'network-policies.yaml': networkPolicies(run),
  };
  const base = kustomization(Object.keys(resources), inVolume ? {} : generatorOf(run));
  const before = { 'volume/plan-volume.yaml': [planClaim(run)], 'volume/loader.yaml': [planLoader(run)] };
  return {
    ...written(resources),
    'kustomization.yaml': stringify(base),
    ...(inVolume
      ? {
          ...written(before),
          'volume/kustomization.yaml': stringify(kustomization(['plan-volume.yaml', 'loader.yaml'])),
        }
      : {}),
    'README.md': instructions(run, plan.startAt ?? now),
  };
}

const written = (files: Readonly<Record<string, readonly object[]>>): Manifests =>
  Object.fromEntries(
    Object.entries(files).map(([name, documents]) => [
      name,
      documents.map((it) => stringify(it, { aliasDuplicateObjects: false })).join('---\n'),
    ]),
  );

const kustomization = (resources: readonly string[], more: object = {}): object => ({
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  kind: 'Kustomization',
  resources,
  ...more,
});

/** The TestRun names the ConfigMap as it is: kustomize knows no such reference to change. */
const generatorOf = ({ plan }: ClusterRun): object => ({
  configMapGenerator: [
    {
      name: namesOf(plan).plan,
      files: Object.values(FILES).map((name) => `files/${name}`),
      options: { disableNameSuffixHash: true, immutable: true, labels: labelsOf(plan, 'plan') },
    },
  ],
});

/** What to type, in order. */
export function instructions({ plan, secretName, planIn, runners, operator }: ClusterRun, startAt: number): string {
  const { run } = namesOf(plan);
  const load = [
    'kubectl apply -k volume',
    `kubectl wait --for=condition=Ready pod/${run}-load --timeout=120s`,
    `for file in files/*; do kubectl cp "$file" ${run}-load:/plan/; done`,
    `kubectl delete pod ${run}-load`,
  ];
  const steps = [
    `kubectl create secret generic ${secretName} --from-literal=FINI_API_KEY="$FINI_API_KEY"   # once`,
    ...(planIn === 'volume' ? load : []),
    'kubectl apply --server-side -k .',
    `kubectl wait --for=condition=Complete --timeout=24h job/${run}-collect   # fails where the result does`,
    `kubectl logs job/${run}-collect`,
  ];
  return [
    `# ${plan.scenario} with ${plural(runners, 'runner')}`,
    '',
    `Needs k6-operator ${operator} and a storage class with ReadWriteMany. Sending starts at ${new Date(startAt).toISOString()}:`,
    'apply the manifests before that. Runners that are more than 1 s late send nothing; in that case run `fini-harness distribute` again.',
    'One folder is for one execution. `files/` contains the whole workload: keep it private.',
    '',
    '```sh',
    ...steps,
    '```',
    '',
  ].join('\n');
}
