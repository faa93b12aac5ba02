import { lastSettlementAt } from '../run/runners/await-runners.ts';
import { type ClusterRun, CONTAINER_SECURITY, LEDGERS, labelsOf, namesOf, POD_SECURITY } from './cluster-run.ts';
import { FILES, keyFrom, ledgerVolume } from './test-run.ts';

/** For merging and reporting, after the last runner has ended. */
const REPORT_SECONDS = 3_600;

/** Waits for the runners, merges their ledgers and reports; its exit code is that of the result. */
export function collectJob(run: ClusterRun, now: number): object {
  const { plan, harnessImage, planIn } = run;
  const names = namesOf(plan);
  const waitSeconds = Math.ceil((lastSettlementAt(plan) - now) / 1_000);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `${names.run}-collect`, labels: labelsOf(plan, 'collector') },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: waitSeconds + REPORT_SECONDS,
      template: {
        metadata: { labels: labelsOf(plan, 'collector') },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          securityContext: POD_SECURITY,
          containers: [
            {
              name: 'collect',
              image: harnessImage,
              args: ['collect', LEDGERS, '--plan', `/plan/${FILES.plan}`, '--wait'],
              // The key is only there so that no report can hold it.
              env: [keyFrom(run), { name: 'HOME', value: '/tmp' }],
              securityContext: CONTAINER_SECURITY,
              resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '2Gi' } },
              volumeMounts: [
                { name: 'ledger', mountPath: LEDGERS },
                { name: 'plan', mountPath: '/plan', readOnly: true },
                { name: 'tmp', mountPath: '/tmp' },
              ],
            },
          ],
          volumes: [
            ledgerVolume(run),
            planIn === 'config-map'
              ? { name: 'plan', configMap: { name: names.plan } }
              : { name: 'plan', persistentVolumeClaim: { claimName: names.plan, readOnly: true } },
            { name: 'tmp', emptyDir: {} },
          ],
        },
      },
    },
  };
}
