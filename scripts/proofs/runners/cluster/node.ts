import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { behindClock } from './behind-clock.ts';
import { jobState, type Listed, serviceAddress } from './job-state.ts';
import { type Job, type Place, podProcess } from './pod-process.ts';

const LOOK_MS = 100;

export interface Node {
  /** Of the process of a Job. */
  readonly pid: (job: string) => number | undefined;
  readonly exitCode: (job: string) => number | undefined;
  /** Waits until the process of a Job has ended. */
  readonly ended: (job: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** How far a Job is. */
interface Execution {
  pid?: number | undefined;
  /** Of a process that a signal has ended, as a shell says it: any but 0. */
  exitCode?: number;
}

/**
 * A node, and the controller of Jobs: executes the Jobs of a namespace as processes of this machine, and says so to the
 * API server.
 * @param ahead by how many ms the clock of a Job's node is ahead
 */
export function startNode(place: Place, ahead: ReadonlyMap<string, number>): Node {
  const { plane, namespace } = place;
  const executions = new Map<string, Execution>();
  const executing: Promise<void>[] = [];
  const stopped = new AbortController();
  let fault: unknown;
  const fail = (error: unknown): void => {
    if (!stopped.signal.aborted) fault ??= error;
  };
  const watch = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const { items } = await plane.api<Listed<Job>>(`/apis/batch/v1/namespaces/${namespace}/jobs`);
      for (const job of items.filter(({ metadata }) => !executions.has(metadata.name))) {
        const { name } = job.metadata;
        const execution: Execution = {};
        executions.set(name, execution);
        executing.push(execute({ job, place, execution, aheadMs: ahead.get(name) }, stopped.signal).catch(fail));
      }
      await delay(LOOK_MS);
    }
  };
  const watching = watch().catch(fail);
  return {
    pid: (job) => executions.get(job)?.pid,
    exitCode: (job) => executions.get(job)?.exitCode,
    ended: async (job) => {
      while (executions.get(job)?.exitCode === undefined) {
        if (fault !== undefined) throw fault;
        await delay(LOOK_MS);
      }
    },
    stop: async () => {
      stopped.abort();
      await Promise.all([watching, ...executing]);
    },
  };
}

interface Task {
  readonly job: Job;
  readonly place: Place;
  readonly execution: Execution;
  readonly aheadMs: number | undefined;
}

async function execute({ job, place, execution, aheadMs }: Task, signal: AbortSignal): Promise<void> {
  const { name } = job.metadata;
  const state = jobState(job, place);
  const takesCalls = job.spec.template.spec.containers[0]?.ports !== undefined;
  const address = takesCalls ? await serviceAddress(job, place, signal) : undefined;
  const { file, args, env, mounts } = await podProcess(job, state.pod, address, place);
  const clock = behindClock(aheadMs, { args, mounts });
  await clock.start();
  const child = execa(file, clock.args, {
    env: { ...env, PATH: process.env.PATH },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    buffer: false,
    all: true,
    cancelSignal: signal,
    forceKillAfterDelay: 2_000,
  });
  child.all.pipe(createWriteStream(join(place.folder, `${name}.log`)));
  execution.pid = child.pid;
  await state.running();
  const { exitCode = 128 } = await child;
  await clock.end();
  execution.exitCode = exitCode;
  if (!signal.aborted) await state.ended(exitCode === 0);
}
