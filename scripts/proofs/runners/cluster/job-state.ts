import { setTimeout as delay } from 'node:timers/promises';
import type { Job, Place } from './pod-process.ts';

const LOOK_MS = 100;

export interface Listed<T> {
  readonly items: readonly T[];
}

interface Service {
  readonly spec: { readonly clusterIP: string; readonly selector?: Readonly<Record<string, string>> };
}

/** What a kubelet and the controller of Jobs say of a Job to the API server. */
export interface JobState {
  /** Name of its pod. */
  readonly pod: string;
  readonly running: () => Promise<void>;
  readonly ended: (hasSucceeded: boolean) => Promise<void>;
}

export function jobState({ metadata: { name }, spec: { template } }: Job, { plane, namespace }: Place): JobState {
  const pod = `${name}-pod`;
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  const send = (method: string, path: string, body: object): Promise<unknown> => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    return plane.api(path, { method, body: JSON.stringify(body), headers: { 'Content-Type': type } });
  };
  const status = async (phase: string, job: object): Promise<void> => {
    await send('PATCH', `${pods}/${pod}/status`, { status: { phase } });
    await send('PATCH', `/apis/batch/v1/namespaces/${namespace}/jobs/${name}/status`, { status: job });
  };
  return {
    pod,
    running: async () => {
      const metadata = { name: pod, labels: labelsOf({ metadata: { name }, spec: { template } }) };
      await send('POST', pods, { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec });
      await status('Running', { active: 1, startTime: new Date().toISOString() });
    },
    ended: (hasSucceeded) =>
      status(hasSucceeded ? 'Succeeded' : 'Failed', { active: 0, [hasSucceeded ? 'succeeded' : 'failed']: 1 }),
  };
}

const labelsOf = ({ metadata, spec }: Job): Readonly<Record<string, string>> => ({
  ...spec.template.metadata.labels,
  'job-name': metadata.name,
});

/** Of the Service that leads to the pod of a Job; it is made after the Job. */
export async function serviceAddress(job: Job, { plane, namespace }: Place, signal: AbortSignal): Promise<string> {
  const labels = labelsOf(job);
  const leads = ({ spec: { selector = {} } }: Service): boolean =>
    Object.keys(selector).length > 0 && Object.entries(selector).every(([name, value]) => labels[name] === value);
  for (;;) {
    const { items } = await plane.api<Listed<Service>>(`/api/v1/namespaces/${namespace}/services`);
    const service = items.find(leads);
    if (service !== undefined) return service.spec.clusterIP;
    signal.throwIfAborted();
    await delay(LOOK_MS);
  }
}
