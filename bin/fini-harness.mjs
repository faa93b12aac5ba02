#!/usr/bin/env node
import { existsSync } from 'node:fs';

// A checkout runs its TypeScript sources through tsx; the published package has no sources, only what was built from them.
if (existsSync(new URL('../scripts/cli.ts', import.meta.url))) {
  const { keepEsbuild } = await import('../tools/checkout/keep-esbuild.mjs');
  keepEsbuild();
  const { register } = await import('tsx/esm/api');
  register();
  await import('../scripts/cli.ts');
} else {
  await import('../dist/cli/cli.js');
}
