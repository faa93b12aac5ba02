import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  // Workers inherit the environment: what tests and the processes that they kill leave behind goes with this folder.
  const temporary = await mkdtemp(join(tmpdir(), 'fini-harness-tests-'));
  process.env.TMPDIR = temporary;
  await buildAll();
  const [cli] = await Promise.all([bundleCli(), findK6(processIo())]);
  provide('cli', cli.path);
  return async () => {
    await cli.remove();
    await rm(temporary, { recursive: true, force: true });
  };
}
