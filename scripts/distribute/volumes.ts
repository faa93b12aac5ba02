import { diskNeed } from '../run/admission/disk-space.ts';
import { type ClusterRun, CONTAINER_SECURITY, labelsOf, namesOf, POD_SECURITY } from './cluster-run.ts';

const GIB = 1024 ** 3;
/** A plan that only time bounds says nothing of its size. */
const UNBOUNDED_GIB = 20;

/** Where all runners write their ledgers, and the collector its reports. */
export const ledgerClaim = (run: ClusterRun): object => {
  const { plan } = run;
  const gib = plan.turns === null ? UNBOUNDED_GIB : Math.ceil(diskNeed(plan) / GIB);
  return claim(run, namesOf(plan).ledger, 'ledger', gib);
};

/** For a plan that no ConfigMap holds. */
export const planClaim = (run: ClusterRun): object => claim(run, namesOf(run.plan).plan, 'plan', 1);

function claim({ plan, storageClass }: ClusterRun, name: string, component: string, gib: number): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, labels: labelsOf(plan, component) },
    spec: {
      accessModes: ['ReadWriteMany'],
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
      resources: { requests: { storage: `${gib}Gi` } },
    },
  };
}

/** A pod through which `kubectl cp` fills the volume of the plan. */
export function planLoader({ plan, harnessImage }: ClusterRun): object {
  const { run, plan: claimName } = namesOf(plan);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${run}-load`, labels: labelsOf(plan, 'loader') },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: POD_SECURITY,
      containers: [
        {
          name: 'load',
          image: harnessImage,
          command: ['sleep', '3600'],
          securityContext: CONTAINER_SECURITY,
          resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
          volumeMounts: [{ name: 'plan', mountPath: '/plan' }],
        },
      ],
      volumes: [{ name: 'plan', persistentVolumeClaim: { claimName } }],
    },
  };
}
