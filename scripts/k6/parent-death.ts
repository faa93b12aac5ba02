import { execa } from 'execa';

let prefix: Promise<readonly string[]> | undefined;

/**
 * What to put before a command so that the kernel kills it when this process dies, even by SIGKILL: a load generator
 * without its harness would go on spending. Linux with util-linux; elsewhere nothing, and the plan's end bounds it.
 */
export function dieWithParent(): Promise<readonly string[]> {
  prefix ??= probe();
  return prefix;
}

async function probe(): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const command = ['setpriv', '--pdeathsig', 'KILL', '--'];
  const [file = '', ...args] = command;
  const { failed } = await execa(file, [...args, 'true'], { reject: false, stdin: 'ignore' });
  return failed ? [] : command;
}
