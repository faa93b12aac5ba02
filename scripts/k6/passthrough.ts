import { usageError } from '../foundation/errors.ts';

const WITH_VALUE = ['--out', '-o', '--tag'];
const WITHOUT_VALUE = ['--verbose', '-v'];

/** What to use in place of a k6 flag that would break the plan. */
const INSTEAD: Readonly<Record<string, string>> = {
  '--vus': '--concurrency',
  '-u': '--concurrency',
  '--duration': '--duration before the --',
  '-d': '--duration before the --',
  '--iterations': '--conversations',
  '-i': '--conversations',
  '--rps': '--rate',
  '--stage': 'the stages of a scenario file',
  '-s': 'the stages of a scenario file',
  '--config': '--config before the --',
  '-c': '--config before the --',
  '--env': 'the configuration file',
  '-e': 'the configuration file',
  '--console-output': '--out before the --: turns.ndjson in that folder contains what k6 writes',
  '--insecure-skip-tls-verify': '--insecure-skip-tls-verify before the --, which the report shows',
  '--http-debug': 'turns.ndjson: debug output would write the API key',
};

/**
 * Checks the flags for k6 that a user wrote after `--`: only those pass that add outputs and change nothing of what is
 * sent. Returns them unchanged.
 * @throws HarnessError with exit code 2 naming the flag that does not pass, and what to use instead.
 */
export function checkPassthrough(args: readonly string[]): readonly string[] {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (WITHOUT_VALUE.includes(arg)) continue;
    const flag = flagOf(arg);
    if (!WITH_VALUE.includes(flag)) throw refused(arg, flag);
    if (arg !== flag) continue;
    i += 1;
    const value = args[i];
    if (value === undefined || value.startsWith('-')) throw usageError(`${flag} after -- needs a value`);
  }
  return args;
}

/**
 * Several runners would write over each other's outputs.
 * @throws HarnessError (2) for an output that is a file
 */
export function checkSharedOutputs(files: readonly string[], runners = 1): void {
  if (runners === 1 || files.length === 0) return;
  throw usageError(
    `${files[0]}: ${runners} runners cannot write to one file: omit --runners, or send k6's metrics to a service (--out opentelemetry)`,
  );
}

/** The flag without a value joined to it: `--out=json`, `-ojson`. */
function flagOf(arg: string): string {
  return arg.startsWith('--') ? (arg.split('=', 1)[0] ?? '') : arg.slice(0, 2);
}

function refused(arg: string, flag: string): Error {
  if (!arg.startsWith('-'))
    return usageError(`${arg} after --: only the k6 flags --out, --tag and --verbose are allowed there`);
  const instead = INSTEAD[flag];
  const advice = instead === undefined ? 'only --out, --tag and --verbose are allowed' : `use ${instead}`;
  return usageError(`${flag} cannot be passed to k6, because it could change the plan: ${advice}`);
}
