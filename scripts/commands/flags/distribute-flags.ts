import { HARNESS_VERSION } from '../../foundation/package-root.ts';
import { PINNED } from '../../k6/pin.ts';
import { flagTable, type OptionsOf } from './flag-table.ts';
import { PLAN_FLAGS, SCENARIO } from './load-flags.ts';

export const OPERATORS = ['1.6', '1.5'] as const;

export const distributeFlags = flagTable({
  arguments: SCENARIO,
  flags: {
    ...PLAN_FLAGS,
    out: { type: 'folder', help: 'folder for the manifests', fallback: 'distributed/<time>-<scenario>' },
    startIn: {
      type: 'duration',
      default: 600_000,
      help: 'time from now to the first turn, in which to apply the manifests',
    },
    confirmTarget: { type: 'host', help: 'allow more than a smoke test from the cluster to this host' },
    secretName: { type: 'text', value: 'name', default: 'fini-api-key', help: 'Secret that holds FINI_API_KEY' },
    runnerImage: { type: 'text', value: 'image', default: `grafana/k6:${PINNED.version}`, help: 'image of k6' },
    harnessImage: {
      type: 'text',
      value: 'image',
      default: `fini-harness:${HARNESS_VERSION}`,
      help: 'image of the collecting Job, built from deploy/Dockerfile',
    },
    storageClass: {
      type: 'text',
      value: 'name',
      help: 'storage class with ReadWriteMany',
      fallback: 'the default of the cluster',
    },
    operator: { type: 'text', choices: OPERATORS, default: '1.6', help: 'version of k6-operator: 1.6 or 1.5' },
    cleanup: { type: 'switch', help: 'let the operator delete finished runners and their logs' },
  },
  examples: [
    'fini-harness distribute load --runners 10 --rate 200 --confirm-target api-prod.usefini.com --out cluster',
    'kubectl apply --server-side -k cluster',
  ],
});

export type DistributeOptions = OptionsOf<typeof distributeFlags>;
