import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: never[] };

/** Names of the walls that a tree breaks. */
async function broken(baseDir: string): Promise<string[]> {
  const options: ICruiseOptions = { baseDir, ruleSet: { forbidden }, validate: true, tsPreCompilationDeps: true };
  const { output } = await cruise(['contracts', 'scenarios', 'scripts'], options, {
    extensions: ['.ts', '.tsx', '.js', '.json'],
  });
  return [...new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name))];
}

describe('walls', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'walls-'));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it.each([
    ['contracts/rule.ts', '../scripts/errors.ts', 'contracts-are-neutral'],
    ['contracts/rule.ts', 'node:fs', 'contracts-are-neutral'],
    ['contracts/rule.ts', 'k6/http', 'contracts-are-neutral'],
    ['scenarios/load.ts', '../scripts/errors.ts', 'scenarios-are-k6-only'],
    ['scenarios/load.ts', 'node:fs', 'scenarios-are-k6-only'],
    ['scripts/plan.ts', '../scenarios/lane.ts', 'scripts-do-not-reach-scenarios'],
    ['scripts/plan.ts', 'k6/http', 'scripts-do-not-reach-scenarios'],
    ['scripts/reference-server/index.ts', '../../contracts/check.ts', 'reference-server-stands-alone'],
    ['scripts/reference-server/index.ts', '../errors.ts', 'reference-server-stands-alone'],
    ['scripts/run.ts', './reference-server/store.ts', 'nobody-reaches-into-the-reference-server'],
  ])('%s may not import %s', async (from, to, wall) => {
    const root = mkdtempSync(join(dir, 'tree-'));
    const write = (file: string, text: string): void => {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    };
    for (const side of ['contracts', 'scenarios', 'scripts']) write(`${side}/placeholder.ts`, 'export {};\n');
    if (to.startsWith('.')) write(join(dirname(from), to), 'export const value = 1;\n');
    write(from, `import * as other from '${to}';\nexport default other;\n`);
    expect(await broken(root)).toContain(wall);
  });
});
