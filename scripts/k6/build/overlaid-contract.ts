import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Contract } from '../../../contracts/contract.ts';
import type { AppliedOverlay } from '../../../contracts/generated/plan.ts';
import { validatorsOf } from './contract-validators.ts';
import { overlaidSchemas } from './overlay.ts';
import { LANE } from './own-scenarios.ts';
import { writeChanged } from './write-changed.ts';

/** The contract with an overlay, for Node. */
export async function overlaidContract({ overlay }: AppliedOverlay): Promise<Contract> {
  return import(`data:text/javascript,${encodeURIComponent(await codeOf(overlay))}`);
}

/**
 * The bundle of a scenario that holds answers against the contract with an overlay. Scenarios of the harness differ in their
 * profile only, which the plan has; one of the project at `cwd` may be more. Returns the path of what k6 runs.
 */
export async function overlaidBundle(scenario: string, contract: AppliedOverlay, cwd: string): Promise<string> {
  const own = join(cwd, 'scenarios', `${scenario}.ts`);
  const entry = existsSync(own) ? own : LANE;
  const { outputFiles } = await build({
    stdin: {
      contents: `export { default, options, setup } from ${JSON.stringify(entry)};`,
      resolveDir: cwd,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2020',
    external: ['k6', 'k6/*'],
    alias: { 'fini-harness/scenario': LANE },
    plugins: [inPlaceOfValidators(await codeOf(contract.overlay))],
    legalComments: 'none',
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
  // Runs with different overlays may start at the same time.
  const name = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const path = join(cwd, '.fini-harness', 'contract', `${scenario}-${name}.js`);
  await writeChanged(path, code);
  return path;
}

async function codeOf(overlay: AppliedOverlay['overlay']): Promise<string> {
  return (await validatorsOf(await overlaidSchemas(overlay))).code;
}

function inPlaceOfValidators(code: string): Plugin {
  return {
    name: 'overlaid-validators',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\/validators[.]js$/ }, ({ path }) => ({ path, namespace: 'overlay' }));
      onLoad({ filter: /.*/, namespace: 'overlay' }, () => ({ contents: code, loader: 'js' }));
    },
  };
}
