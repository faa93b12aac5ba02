import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plan } from '../../../../contracts/generated/plan.ts';

/** What a runner writes of its own clock; events have the times of the service. */
const INSTANTS = ['at', 'startAt', 'intendedAt', 'sentAt', 'settledAt'] as const;

interface Runner {
  readonly args: readonly string[];
  readonly mounts: ReadonlyMap<string, string>;
}

/**
 * A runner on a node whose clock is ahead: it starts so much earlier, and its ledger says so much later. Between the two
 * it is a process as any other, since no clock of a process can be set.
 */
export function behindClock(
  aheadMs: number | undefined,
  { args, mounts }: Runner,
): { readonly args: readonly string[]; readonly start: () => Promise<void>; readonly end: () => Promise<void> } {
  if (aheadMs === undefined) return { args, start: async () => undefined, end: async () => undefined };
  const ledger = args.find((arg) => arg.endsWith('.ndjson')) ?? '';
  // Until it is written anew, no collector sees it.
  const hidden = join(dirname(ledger), '..', 'hidden');
  return {
    args: args.map((arg) => (arg === ledger ? hidden : arg)),
    start: async () => {
      const path = join(mounts.get('/test') ?? '', 'run.json');
      const plan = JSON.parse(await readFile(path, 'utf8')) as Plan;
      await writeFile(path, JSON.stringify({ ...plan, startAt: (plan.startAt ?? 0) - aheadMs }));
    },
    end: async () => {
      const lines = (await readFile(hidden, 'utf8')).split('\n').map((line) => later(line, aheadMs));
      await writeFile(hidden, lines.join('\n'));
      await rename(hidden, ledger);
    },
  };
}

function later(text: string, ms: number): string {
  if (text === '') return text;
  const line = JSON.parse(text) as Record<string, unknown>;
  for (const name of INSTANTS) if (typeof line[name] === 'number') line[name] = (line[name] as number) + ms;
  return JSON.stringify(line);
}
