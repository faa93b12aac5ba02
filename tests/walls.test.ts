import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: (IForbiddenRuleType & { name: string })[];
};

/** Names of the walls that a tree breaks. */
async function broken(baseDir: string): Promise<string[]> {
  const options: ICruiseOptions = { baseDir, ruleSet: { forbidden }, validate: true, tsPreCompilationDeps: true };
  const { output } = await cruise(['contracts', 'scenarios', 'scripts'], options, {
    extensions: ['.ts', '.tsx', '.js', '.json'],
  });
  return [...new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name))];
}

/** A file, what it imports, and the wall that this breaks. */
const CROSSINGS: readonly (readonly [from: string, to: string, wall: string])[] = [
  ['contracts/rule.ts', '../scripts/foundation/errors.ts', 'contracts-are-neutral'],
  ['contracts/rule.ts', 'node:fs', 'contracts-are-neutral'],
  ['contracts/rule.ts', 'k6/http', 'contracts-are-neutral'],
  ['scenarios/load.ts', '../scripts/foundation/errors.ts', 'scenarios-are-k6-only'],
  ['scenarios/load.ts', 'node:fs', 'scenarios-are-k6-only'],
  ['scripts/plan.ts', '../scenarios/lane.ts', 'scripts-do-not-reach-scenarios'],
  ['scripts/plan.ts', 'k6/http', 'scripts-do-not-reach-scenarios'],
  ['scripts/reference-server/index.ts', '../../contracts/check.ts', 'reference-server-stands-alone'],
  ['scripts/reference-server/index.ts', '../foundation/errors.ts', 'reference-server-stands-alone'],
  ['scripts/run.ts', './reference-server/store.ts', 'reference-server-has-one-door'],
  ['scripts/drift/plan.ts', '../proofs/drift/main.ts', 'product-does-not-import-proofs'],
  ['scripts/main.ts', './proofs/bench/main.ts', 'product-does-not-import-proofs'],
  ['scripts/foundation/io.ts', '../secrets/guard.ts', 'foundation-imports-lower-floors-only'],
  ['scripts/foundation/io.ts', '../main.ts', 'foundation-imports-lower-floors-only'],
  ['scripts/http/api-client.ts', '../ledger/ingest.ts', 'http-imports-lower-floors-only'],
  ['scripts/k6/run-k6.ts', '../run/execute.ts', 'k6-imports-lower-floors-only'],
  ['scripts/ledger/ingest.ts', '../analysis/analyse.ts', 'ledger-imports-lower-floors-only'],
  ['scripts/secrets/scan.ts', '../analysis/analyse.ts', 'secrets-imports-lower-floors-only'],
  ['scripts/analysis/analyse.ts', '../report/model.ts', 'analysis-imports-lower-floors-only'],
  ['scripts/audit/run-audit.ts', '../report/text.ts', 'audit-imports-lower-floors-only'],
  ['scripts/report/text.ts', '../compare/report/text.ts', 'report-imports-lower-floors-only'],
  ['scripts/run/execute.ts', '../drift/rules.ts', 'run-imports-lower-floors-only'],
  ['scripts/compare/effects.ts', '../capacity/slo.ts', 'compare-imports-lower-floors-only'],
  ['scripts/drift/fold.ts', '../compare/effects.ts', 'drift-imports-lower-floors-only'],
  ['scripts/capacity/slo.ts', '../drift/fold.ts', 'capacity-imports-lower-floors-only'],
  ['scripts/doctor/clock.ts', '../commands/run.ts', 'doctor-imports-lower-floors-only'],
  ['scripts/init/project-files.ts', '../doctor/clock.ts', 'init-imports-lower-floors-only'],
  ['scripts/view/server/routes.ts', '../../commands/run.ts', 'view-imports-lower-floors-only'],
  ['scripts/workload/learn.ts', '../doctor/clock.ts', 'workload-imports-lower-floors-only'],
  ['scripts/distribute/test-run.ts', '../doctor/clock.ts', 'distribute-imports-lower-floors-only'],
  ['scripts/commands/run.ts', '../main.ts', 'commands-imports-lower-floors-only'],
];

/** Pairs of files that import each other. */
const CIRCLES: readonly (readonly [one: string, other: string, wall: string])[] = [
  ['scripts/run/one.ts', './other.ts', 'no-circular'],
  ['scripts/reference-server/one.ts', './other.ts', 'no-circular'],
];

describe('walls', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'walls-'));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  const tree = (files: Readonly<Record<string, string>>): string => {
    const root = mkdtempSync(join(dir, 'tree-'));
    for (const side of ['contracts', 'scenarios', 'scripts']) {
      files = { [`${side}/placeholder.ts`]: 'export {};\n', ...files };
    }
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return root;
  };
  const imports = (to: string): string => `import * as other from '${to}';\nexport default other;\n`;

  it.each(CROSSINGS)('%s may not import %s', async (from, to, wall) => {
    const target = to.startsWith('.') ? { [join(dirname(from), to)]: 'export const value = 1;\n' } : {};
    expect(await broken(tree({ ...target, [from]: imports(to) }))).toContain(wall);
  });

  it.each(CIRCLES)('%s and %s may not import each other', async (one, other, wall) => {
    const back = `./${one.split('/').at(-1)}`;
    expect(await broken(tree({ [one]: imports(other), [join(dirname(one), other)]: imports(back) }))).toContain(wall);
  });

  it.each(['run', 'reference-server'])('types count as imports, in %s, too', async (folder) => {
    const files = {
      [`scripts/${folder}/one.ts`]: "import type { Two } from './two.ts';\nexport interface One { two: Two }\n",
      [`scripts/${folder}/two.ts`]: "import type { One } from './one.ts';\nexport interface Two { one: One }\n",
      'scripts/foundation/io.ts': "import type { Plan } from '../run/plan.ts';\nexport type Io = Plan;\n",
      'scripts/run/plan.ts': 'export interface Plan { id: string }\n',
    };
    const found = await broken(tree(files));
    expect(found).toContain('no-circular');
    expect(found).toContain('foundation-imports-lower-floors-only');
  });

  it.each(['scripts', 'scripts/capacity'])(
    'folders of %s may not import each other, even where no file does',
    async (root) => {
      const files = {
        [`${root}/new-a/one.ts`]: imports('../new-b/one.ts'),
        [`${root}/new-a/two.ts`]: 'export const value = 1;\n',
        [`${root}/new-b/one.ts`]: 'export const value = 1;\n',
        [`${root}/new-b/two.ts`]: imports('../new-a/two.ts'),
      };
      const found = await broken(tree(files));
      expect(found).toContain('no-circular-folders');
      expect(found).not.toContain('no-circular');
    },
  );

  it('tests every rule', () => {
    const tested = [...CROSSINGS, ...CIRCLES].map(([, , wall]) => wall).concat('no-circular-folders');
    expect(forbidden.map(({ name }) => name).filter((name) => !tested.includes(name))).toEqual([]);
  });

  it('lets a tree without crossings pass', async () => {
    const files = {
      'scripts/foundation/errors.ts': 'export const value = 1;\n',
      'scripts/commands/run.ts': imports('../foundation/errors.ts'),
      'scripts/proofs/bench/main.ts': imports('../../commands/run.ts'),
    };
    expect(await broken(tree(files))).toEqual([]);
  });
});
