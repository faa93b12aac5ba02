import { existsSync, statSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { HarnessError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Io } from '../foundation/io.ts';
import { quarantine } from './quarantine.ts';
import { type Leak, scanFiles, scanFolder } from './scan.ts';

const MOST_SHOWN = 10;

/**
 * The end of every command: looks for keys and personal data in all that it wrote, whatever became of it. What holds
 * some moves into quarantine, and that is the exit code; otherwise it is the command's.
 * @throws HarnessError (9) where it could not be moved
 */
export async function seal(exitCode: number, io: Pick<Io, 'guard' | 'err' | 'cwd'>): Promise<number> {
  let code = exitCode;
  for (const path of outermost(io.guard.watched().filter((one) => existsSync(one)))) {
    const isFolder = statSync(path).isDirectory();
    const leaks = isFolder ? await scanFolder(path, io.guard) : await scanFiles([path], io.guard, dirname(path));
    if (leaks.length === 0) {
      if (!isFolder) await chmod(path, 0o600);
      continue;
    }
    code = EXIT.leaked;
    const place = await quarantine(path, isFolder, leaks).catch((error: Error) => {
      throw new HarnessError(
        EXIT.leaked,
        `${told(leaks, path, io.cwd)}\nIt could not be moved to quarantine: ${error.message}`,
      );
    });
    io.err(`error: ${told(leaks, path, io.cwd)}\nIt is in quarantine: ${place}. Do not share it; delete it. `);
    io.err('Replace a key that appeared in an answer.\n');
  }
  return code;
}

/** Without those that lie in another one. */
function outermost(paths: readonly string[]): string[] {
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}${sep}`)));
}

function told(leaks: readonly Leak[], path: string, cwd: string): string {
  const place = relative(cwd, statSync(path, { throwIfNoEntry: false })?.isFile() === true ? dirname(path) : path);
  const lines = leaks
    .slice(0, MOST_SHOWN)
    .map(({ file, line, what }) => `  ${join(place, file)}${line === null ? '' : `:${line}`}: ${what}`);
  const more = leaks.length > MOST_SHOWN ? [`  and ${leaks.length - MOST_SHOWN} more`] : [];
  return ['a key or personal data was written', ...lines, ...more].join('\n');
}
