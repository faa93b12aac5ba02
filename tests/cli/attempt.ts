import type { CommandEntry } from '../../scripts/commands/command-entry.ts';
import { main } from '../../scripts/main.ts';
import { recordedIo } from '../io.ts';
import { scratch } from './scratch.ts';

export const LINE = '{"id":"a","turns":[{"content":"hi"},{"content":"there"}]}';

export interface Attempt {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, unknown>>;
  readonly commands?: readonly CommandEntry[];
}

/** Runs a command line in a folder of its own, from what is built. */
export async function attempt({ argv, env = {}, files = {}, commands }: Attempt) {
  const cwd = scratch({ 'talk.jsonl': LINE, ...files });
  const io = recordedIo({ env, cwd });
  const exitCode = await main(argv, io, commands);
  return { exitCode, cwd, ...io.said() };
}

export const planned = (...more: readonly string[]) => [
  'plan',
  'load',
  '--no-build',
  '--workload',
  'talk.jsonl',
  ...more,
];
