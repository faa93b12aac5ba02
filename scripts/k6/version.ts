import { basename } from 'node:path';
import { execa } from 'execa';

/** For messages; `isSupported` decides. */
export const SUPPORTED_RANGE = '>= 1.0 and < 3 (or 0.51 and newer, built with xk6-ts)';

const SUPPORTED_MAJORS = [1, 2];
const TIMEOUT_MS = 20_000;
/** Marks a k6 that was built with this extension: before 1.0, k6 runs the scenarios only with its help. */
const WITH_TS = '+xk6-ts';
const OLDEST_WITH_TS = 51;
/** As in `k6 v2.2.0 (go1.26.8, linux/amd64)`, or `(commit/2b1d1b9, go1.26.8, linux/amd64)`. */
const VERSION = /^(.+) v(\d+\.\d+\.\d+\S*) \(.*\bgo\d.*\)/;

/** What `k6 version` says, as `2.2.0`; undefined when the file does not run or is not k6. */
export async function k6Version(path: string): Promise<string | undefined> {
  const { stdout, failed } = await execa(path, ['version'], {
    reject: false,
    stdin: 'ignore',
    timeout: TIMEOUT_MS,
    forceKillAfterDelay: 1_000,
  });
  const [, name, version] = (failed ? null : VERSION.exec(stdout)) ?? [];
  // k6 calls itself by the name of its file, which need not be k6.
  if (version === undefined || (name !== 'k6' && name !== basename(path))) return undefined;
  return /^ .*[/]xk6-ts /m.test(stdout) ? `${version}${WITH_TS}` : version;
}

/** Whether the harness works with this version of k6. */
export function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return SUPPORTED_MAJORS.includes(major) || (major === 0 && minor >= OLDEST_WITH_TS && version.endsWith(WITH_TS));
}
