import { CLI } from '../foundation/package-root.ts';
import { dieWithParent } from '../k6/parent-death.ts';

/** The command that starts a reference server with the options of a file; it never outlives this process (on Linux). */
export async function serveCommand(options: string): Promise<readonly [file: string, args: string[]]> {
  const serve = [process.execPath, CLI, 'serve', '--json', '--options', options];
  const [file = process.execPath, ...args] = [...(await dieWithParent()), ...serve];
  return [file, args];
}
