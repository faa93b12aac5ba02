import { setContract } from '../../contracts/contract.ts';
import type { AppliedOverlay } from '../../contracts/generated/plan.ts';

/** Holds answers against the contract with the overlay of a plan, from now on; without one, against the harness's own. */
export async function followOverlay(overlay: AppliedOverlay | undefined): Promise<void> {
  if (overlay === undefined) return setContract();
  // Loaded only where there is an overlay: Ajv and esbuild are slow to load.
  const { overlaidContract } = await import('../k6/build/overlaid-contract.ts');
  setContract(await overlaidContract(overlay));
}
