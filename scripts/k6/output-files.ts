import { resolve } from 'node:path';

const OUT = ['--out', '-o'];

/** The values of k6's `--out`. */
export function outputsOf(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (OUT.includes(arg)) return [args[index + 1] ?? ''];
    if (arg.startsWith('--out=')) return [arg.slice('--out='.length)];
    return arg.startsWith('-o') ? [arg.slice('-o'.length)] : [];
  });
}

/** The files that k6's `--out json=...` and `--out csv=...` write. */
export function outputFiles(args: readonly string[], cwd: string): string[] {
  const files = outputsOf(args).flatMap((output) => /^(?:json|csv)=(?:fileName=)?([^,]+)/.exec(output)?.[1] ?? []);
  return files.map((file) => resolve(cwd, file));
}
