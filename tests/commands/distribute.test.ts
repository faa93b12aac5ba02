import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { Plan } from '../../contracts/generated/plan.ts';
import { distribute } from '../../scripts/commands/distribute.ts';
import { segmentArguments } from '../../scripts/k6/segment.ts';
import { main } from '../../scripts/main.ts';
import { recordedIo } from '../io.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/kubernetes');
const KEY = 'fini_live_0123456789abcdef';
const ENV = { FINI_API_KEY: KEY, FINI_BOT_ID: 'bot-1' };
const HOST = 'api.example.com';
const DEFAULTS = {
  scenario: 'load',
  baseUrl: `https://${HOST}`,
  confirmTarget: HOST,
  runners: 3,
  rate: 6,
  duration: '60s',
  build: false,
  embedded: false,
  startIn: 600_000,
  secretName: 'my-key',
  runnerImage: 'grafana/k6:2.2.0',
  harnessImage: 'fini-harness:1',
  operator: '1.6',
  cleanup: false,
};

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

async function distributed(over: object = {}, config: object = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'fini-harness-distribute-'));
  roots.push(cwd);
  writeFileSync(join(cwd, 'fini-harness.config.json'), JSON.stringify(config));
  const out = join(cwd, 'out');
  const io = recordedIo({ cwd, env: ENV });
  const exitCode = await distribute({ ...DEFAULTS, out, ...over } as never, io);
  return { out, io, exitCode, files: filesIn(out) };
}

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map(({ name, parentPath }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Record<string, string> };
  readonly spec: Record<string, never>;
}

const manifestsIn = (files: Record<string, string>): Manifest[] =>
  Object.entries(files)
    .filter(([name]) => name.endsWith('.yaml') && !name.endsWith('kustomization.yaml'))
    .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS() as Manifest));

/** A CRD's schema prunes what it does not know; here that is an error, as with `kubectl apply --validate=strict`. */
function strict(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strict);
  if (typeof node !== 'object' || node === null) return node;
  const { format: _format, ...rest } = node as Record<string, unknown>;
  const copy = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, strict(value)]));
  const isOpen = copy['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in copy;
  if (copy['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string'] };
  return copy.type === 'object' && 'properties' in copy && !isOpen ? { ...copy, additionalProperties: false } : copy;
}

interface Crd {
  readonly spec: {
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: Record<string, unknown> };
    }[];
  };
}

function validators(): (manifest: Manifest) => string[] {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const crd = parse(readFileSync(join(FIXTURES, 'k6-operator-1.6.0-testruns.yaml'), 'utf8')) as Crd;
  const schema = strict(crd.spec.versions[0]?.schema.openAPIV3Schema) as { properties: Record<string, unknown> };
  ajv.addSchema({ ...schema, properties: { ...schema.properties, metadata: { type: 'object' } } }, 'TestRun');
  const { kinds, definitions } = JSON.parse(readFileSync(join(FIXTURES, 'kubernetes-1.37.0.json'), 'utf8')) as {
    kinds: Record<string, string>;
    definitions: object;
  };
  for (const [kind, definition] of Object.entries(kinds)) {
    ajv.addSchema({ $ref: `#/definitions/${definition}`, definitions }, kind);
  }
  return (manifest) => {
    const validate = ajv.getSchema(manifest.kind);
    if (validate === undefined) return [`no schema of ${manifest.kind}`];
    return validate(manifest)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
        );
  };
}

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
    expect(large.io.said().err).toMatch(/more than the 1 MiB of a ConfigMap, so in a volume/);
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

  it('takes its defaults from its flags, on a command line as documented', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'fini-harness-distribute-'));
    roots.push(cwd);
    const io = recordedIo({ cwd, env: ENV });
    const line = ['--runners', '3', '--rate', '6', '--duration', '60s', '--secret-name', 'my-key', '--out', 'cluster'];
    const target = ['--base-url', `https://${HOST}`, '--confirm-target', HOST, '--no-build'];
    const before = Date.now();
    expect(await main(['distribute', 'load', ...line, ...target], io), io.said().err).toBe(0);
    const plan = JSON.parse(readFileSync(join(cwd, 'cluster/files/run.json'), 'utf8')) as Plan;
    expect(plan.startAt).toBeGreaterThanOrEqual(before + 600_000);
    expect(readFileSync(join(cwd, 'cluster/test-run.yaml'), 'utf8')).toContain('name: my-key');
  });

  it.each([
    ['grafana/k6:2.2.0', '--summary-mode'],
    ['registry.example.com:5000/grafana/k6:1.8.1', '--no-summary'],
    ['registry.example.com:5000/k6', '--summary-mode'],
    [`grafana/k6:1.8.1@sha256:${'9'.repeat(64)}`, '--no-summary'],
    [`grafana/k6@sha256:${'1'.repeat(64)}`, '--summary-mode'],
  ])('silences the k6 of %s as its version needs', async (runnerImage, flag) => {
    const { files } = await distributed({ runnerImage });
    expect(files['test-run.yaml']).toContain(`- ${flag}`);
  });

  it.each([
    {
      what: 'a reference server of its own',
      over: { embedded: true },
      config: {},
      exitCode: 2,
      message: /cannot reach a reference server/,
    },
    {
      what: 'a loopback host',
      over: { baseUrl: 'http://127.0.0.1:8787' },
      config: {},
      exitCode: 2,
      message: /each runner's own machine/,
    },
    {
      what: 'strategy pool',
      over: {},
      config: { continuation: { strategy: 'pool' } },
      exitCode: 2,
      message: /use discover or single/,
    },
    {
      what: 'fewer conversations than runners',
      over: { conversations: 2 },
      config: {},
      exitCode: 2,
      message: /--runners 2/,
    },
    { what: 'no Secret', over: { secretName: '' }, config: {}, exitCode: 2, message: /--secret-name takes a name/ },
    { what: 'a Secret in capitals', over: { secretName: 'Key' }, config: {}, exitCode: 2, message: /got Key/ },
    {
      what: 'a storage class that is no name',
      over: { storageClass: 'fast nfs' },
      config: {},
      exitCode: 2,
      message: /--storage-class takes a name of Kubernetes/,
    },
    {
      what: 'an image that is none',
      over: { harnessImage: 'My Image' },
      config: {},
      exitCode: 2,
      message: /--harness-image takes an image/,
    },
    {
      what: 'a k6 that is too old',
      over: { runnerImage: 'grafana/k6:0.49.0' },
      config: {},
      exitCode: 2,
      message: /holds k6 0\.49\.0; supported is/,
    },
    { what: 'a start at once', over: { startIn: 0 }, config: {}, exitCode: 2, message: /--start-in takes a time from/ },
    { what: 'a start in years', over: { startIn: 1e15 }, config: {}, exitCode: 2, message: /from 10s to 168h/ },
    { what: 'lanes that do not divide', over: {}, config: { lanes: 4 }, exitCode: 2, message: /multiple of 3/ },
    {
      what: 'a host that nobody confirmed',
      over: { confirmTarget: undefined },
      config: {},
      exitCode: 7,
      message: /--confirm-target api\.example\.com/,
    },
  ])('refuses $what', async ({ over, config, exitCode, message }) => {
    await expect(distributed(over, config)).rejects.toMatchObject({
      exitCode,
      message: expect.stringMatching(message),
    });
  });
});
