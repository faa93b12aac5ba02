/** Builds what is generated: validators and types from the contracts, then k6 bundles from the scenarios. */
export async function buildAll(): Promise<void> {
  const { buildContracts } = await import('./contracts.ts');
  const { buildScenarios } = await import('./scenarios.ts');
  await buildContracts();
  await buildScenarios();
}
