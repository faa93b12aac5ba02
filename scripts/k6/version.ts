import { execa } from 'execa';

/** For messages; `isSupported` decides. */
export const SUPPORTED_RANGE = '>= 1.0 and < 3';

const SUPPORTED_MAJORS = [1, 2];
const TIMEOUT_MS = 20_000;

/** What `k6 version` says, as `2.2.0`; undefined when the file does not run or is not k6. */
export async function k6Version(path: string): Promise<string | undefined> {
  const { stdout, failed } = await execa(path, ['version'], {
    reject: false,
    stdin: 'ignore',
    timeout: TIMEOUT_MS,
    forceKillAfterDelay: 1_000,
  });
  return failed ? undefined : /^k6(?:\.exe)? v(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1];
}

/** Whether the harness works with this version of k6. */
export function isSupported(version: string): boolean {
  return SUPPORTED_MAJORS.includes(Number.parseInt(version, 10));
}
