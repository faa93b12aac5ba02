import { PINNED } from '../k6/pin.ts';
import { planEnvironment } from '../k6/plan-environment.ts';
import { withoutMetrics } from '../k6/without-metrics.ts';
import { k6VersionOf } from './cluster-names.ts';
import {
  type ClusterRun,
  CONTAINER_SECURITY,
  LEDGERS,
  labelsOf,
  namesOf,
  POD_SECURITY,
  SECRET_KEY,
  selectorOf,
} from './cluster-run.ts';

/** Where the operator mounts the script, and what lies beside it. */
const MOUNTED = '/test';
export const FILES = { scenario: 'scenario.js', plan: 'run.json', personal: 'personal.json' } as const;

/** What k6-operator executes: a runner for each execution segment, started together, never again. */
export function testRun(run: ClusterRun): object {
  const { plan, runners, operator, cleanup, planIn } = run;
  const names = namesOf(plan);
  const script =
    planIn === 'config-map'
      ? { configMap: { name: names.plan, file: FILES.scenario } }
      : { volumeClaim: { name: names.plan, file: FILES.scenario, readOnly: true } };
  return {
    apiVersion: 'k6.io/v1alpha1',
    kind: 'TestRun',
    metadata: { name: names.run, labels: labelsOf(plan, 'test-run') },
    spec: {
      parallelism: runners,
      script,
      ...(operator === '1.6' ? { args: argumentsOf(run) } : { arguments: argumentsOf(run).join(' ') }),
      ...(cleanup ? { cleanup: 'post' } : {}),
      // It would run the scenario without a plan, and keep its environment.
      initializer: { disabled: true },
      starter: {
        automountServiceAccountToken: 'false',
        securityContext: POD_SECURITY,
        containerSecurityContext: CONTAINER_SECURITY,
      },
      runner: runner(run),
    },
  };
}

function argumentsOf(run: ClusterRun): string[] {
  const log = ['--log-format', 'raw', '--console-output', `${LEDGERS}/$(POD_NAME).ndjson`];
  return [...log, '--no-usage-report', ...withoutMetrics(k6VersionOf(run.runnerImage) ?? PINNED.version, [])];
}

function runner(run: ClusterRun): object {
  const { plan, runners, runnerImage } = run;
  const { FINI_PLAN, GOMEMLIMIT, GOGC } = planEnvironment(
    { lanes: plan.lanes / runners },
    { path: `${MOUNTED}/${FILES.plan}`, apiKey: '' },
    {},
  );
  const limitMib = Number.parseInt(GOMEMLIMIT ?? '', 10);
  return {
    image: runnerImage,
    metadata: { labels: labelsOf(plan, 'runner') },
    automountServiceAccountToken: 'false',
    securityContext: POD_SECURITY,
    containerSecurityContext: CONTAINER_SECURITY,
    // Above what k6 keeps to by itself: a runner that is killed for its memory has cut its turns.
    resources: { requests: { cpu: '1', memory: `${limitMib}Mi` }, limits: { memory: `${2 * limitMib}Mi` } },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: selectorOf(plan, 'runner') },
      },
    ],
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'FINI_PLAN', value: FINI_PLAN },
      { name: 'FINI_PERSONAL', value: `${MOUNTED}/${FILES.personal}` },
      { name: 'GOMEMLIMIT', value: GOMEMLIMIT },
      ...(GOGC === undefined ? [] : [{ name: 'GOGC', value: GOGC }]),
      keyFrom(run),
    ],
    volumes: [ledgerVolume(run)],
    volumeMounts: [{ name: 'ledger', mountPath: LEDGERS }],
  };
}

/** The key is never in a manifest, only the name of the Secret that holds it. */
export const keyFrom = ({ secretName }: ClusterRun): object => ({
  name: SECRET_KEY,
  valueFrom: { secretKeyRef: { name: secretName, key: SECRET_KEY } },
});

export const ledgerVolume = ({ plan }: ClusterRun): object => ({
  name: 'ledger',
  persistentVolumeClaim: { claimName: namesOf(plan).ledger },
});
