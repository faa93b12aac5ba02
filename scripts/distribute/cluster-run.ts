import type { Plan } from '../../contracts/generated/plan.ts';
import { HARNESS_VERSION } from '../foundation/package-root.ts';

/** A plan on its way to a cluster, and what the cluster brings. */
export interface ClusterRun {
  readonly plan: Plan;
  readonly runners: number;
  /** Name of the Secret that holds FINI_API_KEY. */
  readonly secretName: string;
  readonly runnerImage: string;
  readonly harnessImage: string;
  /** Version of k6-operator. */
  readonly operator: string;
  readonly storageClass: string | undefined;
  /** The operator deletes the runners when they have ended. */
  readonly cleanup: boolean;
  /** Where plan and bundle lie in the cluster. */
  readonly planIn: 'config-map' | 'volume';
}

/** A user of both images that is not root. */
export const USER = 12345;
export const SECRET_KEY = 'FINI_API_KEY';
export const LEDGERS = '/ledger';

/** The names of a run's objects; a cluster may hold several runs. */
export function namesOf({ runId }: Plan): { readonly run: string; readonly plan: string; readonly ledger: string } {
  const run = `fini-${runId.slice(0, 8)}`;
  return { run, plan: `${run}-plan`, ledger: `${run}-ledger` };
}

/** The labels that Kubernetes recommends. */
export function labelsOf(plan: Plan, component: string): Record<string, string> {
  return { ...selectorOf(plan, component), 'app.kubernetes.io/version': HARNESS_VERSION, ...MANAGED };
}

const MANAGED = { 'app.kubernetes.io/part-of': 'fini-harness', 'app.kubernetes.io/managed-by': 'fini-harness' };

/** The ones by which the pods of a component are found. */
export function selectorOf(plan: Plan, component: string): Record<string, string> {
  return {
    'app.kubernetes.io/name': 'fini-harness',
    'app.kubernetes.io/instance': namesOf(plan).run,
    'app.kubernetes.io/component': component,
  };
}

/** Not root, nothing to gain, and nothing to write to but what is mounted. */
export const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;

export const POD_SECURITY = {
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  fsGroup: USER,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;
