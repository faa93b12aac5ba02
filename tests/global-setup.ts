import type { TestProject } from 'vitest/node';
import { buildAll } from '../scripts/k6/build/all.ts';
import { findK6 } from '../scripts/k6/provision.ts';
import { processIo } from '../scripts/process-io.ts';
import { bundleCli } from './bundle-cli.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The command line, as JavaScript that Node starts. */
    cli: string;
  }
}

/** What tests share is made once, before any of them: to build k6 takes longer than a test may. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  await buildAll();
  const [cli] = await Promise.all([bundleCli(), findK6(processIo())]);
  provide('cli', cli.path);
  return cli.remove;
}
