import { type CommandEntry, entry } from './command-entry.ts';
import { auditFlags } from './flags/audit-flags.ts';
import { baselineFlags } from './flags/baseline-flags.ts';
import { buildFlags } from './flags/build-flags.ts';
import { capacityFlags } from './flags/capacity-flags.ts';
import { cleanupFlags } from './flags/cleanup-flags.ts';
import { collectFlags } from './flags/collect-flags.ts';
import { compareFlags } from './flags/compare-flags.ts';
import { completionFlags } from './flags/completion-flags.ts';
import { distributeFlags } from './flags/distribute-flags.ts';
import { doctorFlags } from './flags/doctor-flags.ts';
import { driftFlags } from './flags/drift-flags.ts';
import { historyFlags } from './flags/history-flags.ts';
import { initFlags } from './flags/init-flags.ts';
import { planFlags } from './flags/plan-flags.ts';
import { reportFlags } from './flags/report-flags.ts';
import { runFlags } from './flags/run-flags.ts';
import { serveFlags } from './flags/serve-flags.ts';
import { setupFlags } from './flags/setup-flags.ts';
import { viewFlags } from './flags/view-flags.ts';
import { workloadFlags } from './flags/workload-flags.ts';

/** All commands, in the order that `--help` shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  entry('run', 'send conversations, check every answer, judge the gates', runFlags, async () => {
    return (await import('./run.ts')).run;
  }),
  entry('drift', 'check whether the API still follows its contract', driftFlags, async () => {
    return (await import('./drift.ts')).drift;
  }),
  entry('plan', 'show what a run would send and cost; sends nothing', planFlags, async () => {
    return (await import('./plan.ts')).plan;
  }),
  entry('report', 'rebuild the result and reports of a run from its ledger', reportFlags, async () => {
    return (await import('./ledger-commands.ts')).report;
  }),
  entry(
    'distribute',
    'write the Kubernetes manifests that execute a plan; sends nothing',
    distributeFlags,
    async () => {
      return (await import('./ledger-commands.ts')).distribute;
    },
  ),
  entry('collect', 'merge the ledgers of several runners into one result', collectFlags, async () => {
    return (await import('./ledger-commands.ts')).collect;
  }),
  entry('view', 'show runs in a browser: live, side by side, turn by turn', viewFlags, async () => {
    return (await import('./view.ts')).view;
  }),
  entry('compare', 'compare runs with a baseline: latency, gates, contract', compareFlags, async () => {
    return (await import('./compare.ts')).compare;
  }),
  entry('history', 'find the runs in which a metric changed level', historyFlags, async () => {
    return (await import('./stored-commands.ts')).history;
  }),
  entry('baseline', 'manage baselines: named sets of runs to compare with', baselineFlags, async () => {
    return (await import('./stored-commands.ts')).baseline;
  }),
  entry('audit', 'compare the conversations that the service stored with the ledger of a run', auditFlags, async () => {
    return (await import('./audit-commands.ts')).audit;
  }),
  entry('cleanup', 'remove the conversations that a run started', cleanupFlags, async () => {
    return (await import('./audit-commands.ts')).cleanup;
  }),
  entry('capacity', 'find the highest rate that meets an SLO', capacityFlags, async () => {
    return (await import('./capacity.ts')).capacity;
  }),
  entry(
    'workload',
    'learn a workload from stored conversations; show or compare workloads',
    workloadFlags,
    async () => {
      return (await import('./workload.ts')).workload;
    },
  ),
  entry('init', 'create the first files of a project: configuration, workload, scenario, CI', initFlags, async () => {
    return (await import('./init.ts')).init;
  }),
  entry('doctor', 'check what a run needs: k6, this machine, the key, the service', doctorFlags, async () => {
    return (await import('./doctor.ts')).doctor;
  }),
  entry('serve', 'run the reference server, a local stand-in for Fini', serveFlags, async () => {
    return (await import('./serve.ts')).serve;
  }),
  entry(
    'setup',
    'install k6 and build the scenarios before the first run, for images and CI caches',
    setupFlags,
    async () => {
      return (await import('./setup.ts')).setup;
    },
  ),
  entry('completion', 'print the completion script for a shell', completionFlags, async () => {
    return (await import('./completion.ts')).completionOf(COMMANDS);
  }),
  entry('build', 'build validators, types and scenario bundles', buildFlags, async () => {
    return (await import('./build.ts')).build;
  }),
];
