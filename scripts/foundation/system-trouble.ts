/** What the system refuses, by Node's code or, from libraries that have none, by the words of the C library. */
const TROUBLES: readonly (readonly [code: string, words: string, advice: string])[] = [
  ['ENOSPC', 'No space left on device', 'the disk is full: free some space'],
  ['EDQUOT', 'Disk quota exceeded', 'your disk quota is used up: free some space'],
  ['EFBIG', 'File too large', 'the file size limit is reached: raise `ulimit -f`'],
  ['EROFS', 'Read-only file system', 'the file system is read-only: choose another folder with --out'],
  ['EMFILE', 'Too many open files', 'out of file descriptors: raise `ulimit -n`'],
  ['ENFILE', 'Too many open files in system', 'the system is out of file descriptors'],
];

/** What to do about an error that is the machine's, not the harness's; undefined for any other. */
export function systemTrouble(error: unknown): string | undefined {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const found = TROUBLES.find(([known, words]) => code === known || String(message).includes(words));
  if (found === undefined) return undefined;
  return `${found[2]} (${String(message)}). What was written before is intact: fini-harness report can read the folder of a run.`;
}
