import { resolve } from 'node:path';

const OUT = ['--out', '-o'];
/** Where k6 writes CSV when it is told nothing else. */
const CSV_DEFAULT = 'file.csv';

/** The values of k6's `--out`. */
export function outputsOf(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (OUT.includes(arg)) return [args[index + 1] ?? ''];
    if (arg.startsWith('--out=')) return [arg.slice('--out='.length)];
    return arg.startsWith('-o') ? [arg.slice('-o'.length)] : [];
  });
}

/** The files that k6's outputs write: `--out json=...`, `csv` with or without a name, pages and records of its dashboard. */
export function outputFiles(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>> = {},
): string[] {
  const files = outputsOf(args).flatMap((output) => filesOf(output, env));
  return files.filter((file) => file !== '' && file !== '-').map((file) => resolve(cwd, file));
}

/** As each output reads its argument, which is what stands behind the first equals sign. */
function filesOf(output: string, env: Readonly<Record<string, string | undefined>>): string[] {
  const [name = '', argument = ''] = output.split(/=(.*)/s);
  switch (name) {
    case 'json':
      return [argument];
    case 'csv':
      return [csvName(argument) ?? (env.K6_CSV_FILENAME || CSV_DEFAULT)];
    case 'web-dashboard':
    case 'dashboard': {
      const given = new URLSearchParams(argument);
      return ['export', 'report', 'record'].flatMap((key) => given.getAll(key));
    }
    default:
      return [];
  }
}

/** A name alone, or `saveInterval=1s,fileName=a.csv` in any order. */
function csvName(argument: string): string | undefined {
  if (!argument.includes('=')) return argument === '' ? undefined : argument;
  const pairs = argument.split(',').map((pair) => pair.split(/=(.*)/s));
  return pairs.filter(([key]) => key === 'fileName').at(-1)?.[1];
}
