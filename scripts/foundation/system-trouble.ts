/** What the system refuses, by Node's code or, from libraries that have none, by the words of the C library. */
const TROUBLES: readonly (readonly [code: string, words: string, advice: string])[] = [
  ['ENOSPC', 'No space left on device', 'the disk is full: free some space'],
  ['EDQUOT', 'Disk quota exceeded', 'your disk quota is used up: free some space'],
  ['EFBIG', 'File too large', 'a file may not grow any more: raise `ulimit -f`'],
  ['EROFS', 'Read-only file system', 'the file system is read-only: choose another folder with --out'],
  ['EMFILE', 'Too many open files', 'no file descriptor is left: raise `ulimit -n`'],
  ['ENFILE', 'Too many open files in system', 'the system has no file descriptor left'],
];

/** What to do about an error that is the machine's, not the harness's; undefined for any other. */
export function systemTrouble(error: unknown): string | undefined {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const found = TROUBLES.find(([known, words]) => code === known || String(message).includes(words));
  if (found === undefined) return undefined;
  return `${found[2]} (${String(message)}). What was written before stays: fini-harness report reads the folder of a run.`;
}
