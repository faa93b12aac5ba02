import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';
import type { ReferenceServerOptions, TurnTruth } from '../../scripts/reference-server/index.ts';

/** A reference server in a process of its own, so that its load and its client's do not mix. */
export interface Child {
  readonly url: string;
  readonly botId: string;
  readonly keys: { readonly readWrite: string };
  readonly pid: number;
  turns(): Promise<TurnTruth[]>;
  /** Resident memory, in MB. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts `serve` with options, and waits until it listens. */
export async function startChild(
  options: ReferenceServerOptions,
  file: (text: string) => Promise<string>,
): Promise<Child> {
  const path = await file(JSON.stringify(options));
  const child = spawn(process.execPath, [inject('cli'), 'serve', '--json', '--options', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const about = JSON.parse(line) as Pick<Child, 'url' | 'botId' | 'keys'>;
  const pid = child.pid ?? 0;
  return {
    ...about,
    pid,
    turns: async () => {
      const text = await (await fetch(`${about.url}/__truth.ndjson`)).text();
      return text
        .trimEnd()
        .split('\n')
        .map((turn) => JSON.parse(turn) as TurnTruth);
    },
    memory: async () => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
    },
  };
}
