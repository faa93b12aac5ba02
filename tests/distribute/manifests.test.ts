import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Plan } from '../../contracts/generated/plan.ts';
import { segmentArguments } from '../../scripts/k6/segment.ts';
import { distributed, KEY } from './made-cluster.ts';
import { type Manifest, manifestsIn, validators } from './manifests.ts';

describe('distribute', () => {
  let made: Awaited<ReturnType<typeof distributed>>;
  let manifests: Manifest[];
  const errorsOf = validators();
  beforeAll(async () => {
    made = await distributed();
    manifests = manifestsIn(made.files);
  });
  const of = (kind: string): Manifest => manifests.find((it) => it.kind === kind) as Manifest;

  it('writes manifests that the schemas of Kubernetes and of k6-operator accept', () => {
    expect(manifests.map(({ kind }) => kind).sort()).toEqual([
      'Job',
      'NetworkPolicy',
      'NetworkPolicy',
      'PersistentVolumeClaim',
      'TestRun',
    ]);
    for (const manifest of manifests) expect(errorsOf(manifest), manifest.kind).toEqual([]);
  });

  it('and that those schemas refuse when a name or a type is wrong', () => {
    const wrong = (kind: string, spec: object): string[] =>
      errorsOf({ ...of(kind), spec: { ...of(kind).spec, ...spec } } as Manifest);
    expect(wrong('TestRun', { seperate: true })).not.toEqual([]);
    expect(wrong('TestRun', { parallelism: 'three' })).not.toEqual([]);
    expect(wrong('TestRun', { cleanup: 'always' })).not.toEqual([]);
    expect(wrong('Job', { backofLimit: 0 })).not.toEqual([]);
    expect(wrong('PersistentVolumeClaim', { accessModes: 'ReadWriteMany' })).not.toEqual([]);
  });

  it('holds the key nowhere, only the name of its Secret', () => {
    for (const [name, text] of Object.entries(made.files)) expect(text, name).not.toContain(KEY);
    expect(made.io.said().out + made.io.said().err).not.toContain(KEY);
    expect(made.files['test-run.yaml']).toMatch(/secretKeyRef:\n +name: my-key\n +key: FINI_API_KEY/);
  });

  it('one plan: equal shares, one start, exact limits', () => {
    const plan = JSON.parse(made.files['files/run.json'] ?? '') as Plan;
    expect(plan.runners).toBe(3);
    expect(plan.lanes % 3).toBe(0);
    expect((plan.startAt ?? 0) - Date.now()).toBeGreaterThan(500_000);
    expect(plan.leadMs).toBe(600_000);
    expect(of('TestRun').spec).toMatchObject({ parallelism: 3, initializer: { disabled: true } });
    // The operator cuts as `run --runners` does.
    expect(segmentArguments(2, 3)[0]).toBe('--execution-segment=1/3:2/3');
  });

  it('runners are not root, write only to the ledger volume, spread over nodes, and are not started again', () => {
    const { runner, args } = of('TestRun').spec as unknown as { runner: Record<string, never>; args: string[] };
    expect(runner).toMatchObject({
      securityContext: { runAsNonRoot: true },
      containerSecurityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
      topologySpreadConstraints: [{ topologyKey: 'kubernetes.io/hostname', maxSkew: 1 }],
      volumeMounts: [{ mountPath: '/ledger' }],
    });
    expect(args).toContain('/ledger/$(POD_NAME).ndjson');
    expect(of('Job').spec).toMatchObject({ backoffLimit: 0, template: { spec: { restartPolicy: 'Never' } } });
    for (const { metadata } of manifests) {
      for (const label of ['name', 'instance', 'version', 'component', 'part-of', 'managed-by']) {
        expect(metadata.labels[`app.kubernetes.io/${label}`], label).toMatch(/^[\w.-]{1,63}$/);
      }
    }
  });

  it('runners reach DNS and the port of the target, the collector nothing', () => {
    const [runner, collector] = manifests
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ spec }) => spec.egress as unknown as { ports: { port: number }[] }[]);
    expect(runner?.map(({ ports }) => ports.map(({ port }) => port))).toEqual([[53, 53], [443]]);
    expect(collector).toEqual([]);
  });

  it.each([
    ['https://fini:8080', [{ to: [{ namespaceSelector: {} }] }]],
    ['https://fini.testing.svc:8080', [{ to: [{ namespaceSelector: {} }] }]],
    [
      'https://10.1.2.3:8443',
      [{ to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [{ protocol: 'TCP', port: 8443 }] }],
    ],
  ])('runners reach %s', async (baseUrl, target) => {
    const { files } = await distributed({ baseUrl, confirmTarget: new URL(baseUrl).host });
    const policies = manifestsIn({ 'network-policies.yaml': files['network-policies.yaml'] ?? '' });
    expect(policies.flatMap(errorsOf)).toEqual([]);
    expect(policies.map(({ spec }) => (spec.egress as unknown as object[]).slice(1))).toEqual([target, []]);
  });

  it('the ConfigMap is made of files that are there', () => {
    const { configMapGenerator, resources } = parse(made.files['kustomization.yaml'] ?? '') as {
      configMapGenerator: { name: string; files: string[] }[];
      resources: string[];
    };
    for (const name of [...resources, ...(configMapGenerator[0]?.files ?? [])])
      expect(existsSync(join(made.out, name)), name).toBe(true);
    expect(of('TestRun').spec.script).toEqual({
      configMap: { name: configMapGenerator[0]?.name, file: 'scenario.js' },
    });
    expect(made.files['files/scenario.js']).not.toContain('sourceMappingURL');
    expect(made.io.said().err).toMatch(/in a ConfigMap. Nothing was sent/);
  });

  it('a plan above 1 MiB goes to a volume, and says why', async () => {
    const large = await distributed({ rate: 100, duration: '30m' });
    expect(large.io.said().err).toMatch(/larger than a ConfigMap \(1 MiB\), so stored in a volume/);
    const all = manifestsIn(large.files);
    for (const manifest of all) expect(errorsOf(manifest), manifest.metadata.name).toEqual([]);
    expect(all.map(({ kind }) => kind)).toContain('Pod');
    expect(large.files['kustomization.yaml']).not.toContain('configMapGenerator');
    expect(large.files['test-run.yaml']).toContain('volumeClaim');
    expect(large.io.said().out).toContain('kubectl apply -k volume');
  });

  it('an operator before 1.6 has no args', async () => {
    const { files } = await distributed({ operator: '1.5', cleanup: true });
    const [run] = manifestsIn({ 'test-run.yaml': files['test-run.yaml'] ?? '' });
    expect(run?.spec).toMatchObject({
      cleanup: 'post',
      arguments: expect.stringContaining('--console-output /ledger/'),
    });
    expect(run?.spec).not.toHaveProperty('args');
  });
});
