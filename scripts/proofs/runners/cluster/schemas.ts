import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlPlane } from './control-plane.ts';

/** Of k6-operator 1.6.0. */
export const OPERATOR_CRD = 'tests/fixtures/kubernetes/k6-operator-1.6.0-testruns.yaml';

/** The operator's other kind, which it watches too and which no trial makes. */
export const PRIVATE_LOAD_ZONES = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'privateloadzones.k6.io' },
  spec: {
    group: 'k6.io',
    scope: 'Namespaced',
    names: {
      kind: 'PrivateLoadZone',
      listKind: 'PrivateLoadZoneList',
      plural: 'privateloadzones',
      singular: 'privateloadzone',
    },
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

/** What a manifest may not say, each as an edit of one. */
const WRONG: readonly { readonly file: string; readonly from: RegExp; readonly to: string }[] = [
  { file: 'test-run.yaml', from: /parallelism: \d+/, to: 'parallelism: three' },
  { file: 'test-run.yaml', from: /parallelism:/, to: 'seperate: true\n  parallelism:' },
  { file: 'collect-job.yaml', from: /backoffLimit:/, to: 'backofLimit:' },
  { file: 'ledger-volume.yaml', from: /ReadWriteMany/, to: 'ReadWriteSome' },
  { file: 'network-policies.yaml', from: /Egress/, to: 'Outwards' },
];

/** Makes sure that the API server refuses wrong manifests; else it would prove nothing that it takes the right ones. */
export async function assertRefusals({ kubectl }: ControlPlane, namespace: string, cwd: string): Promise<void> {
  for (const { file, from, to } of WRONG) {
    const right = await readFile(join(cwd, 'cluster', file), 'utf8');
    const wrong = join(cwd, `wrong-${file}`);
    await writeFile(wrong, right.replace(from, to));
    const apply = ['-n', namespace, 'apply', '--server-side', '--dry-run=server', '--validate=strict', '-f', wrong];
    const isTaken = await kubectl(apply).then(
      () => true,
      () => false,
    );
    if (isTaken || !from.test(right)) throw new Error(`the API server takes ${to} in ${file}`);
  }
}
