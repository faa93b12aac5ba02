import { IS_CHECKOUT } from '../../foundation/package-root.ts';

/**
 * Builds what is generated in a checkout: validators and types from the contracts, then k6 bundles from the scenarios.
 * The published package brings all of it.
 */
export async function buildAll(): Promise<void> {
  if (!IS_CHECKOUT) return;
  const { buildContracts } = await import('./contracts.ts');
  const { buildScenarios } = await import('./scenarios.ts');
  await buildContracts();
  await buildScenarios();
}
