import { describe, expect, it } from 'vitest';
import { CHOSEN_PAIRS, CHOSEN_TURNS } from '../../../scripts/compare/interleave/chosen.ts';
import { SCALE, scaled, TAIL } from '../../../scripts/proofs/compare/services.ts';
import { type Setting, simulateComparison } from '../../../scripts/proofs/compare/simulate-comparison.ts';

/** A sample of `npm run sim:compare`; bounds leave a correct method three standard errors. */
describe('by simulation', () => {
  const chosen: Setting = {
    pairs: CHOSEN_PAIRS,
    turnsPerRun: CHOSEN_TURNS,
    rho: 0.5,
    noise: 0.03,
  };
  const regressions = (setting: Setting, count: number): number =>
    Array.from({ length: count }, (_, seed) => simulateComparison(setting, seed)).filter(
      ({ outcome }) => outcome === 'regression',
    ).length;

  it('raises few false alarms', () => {
    expect(regressions(chosen, 100)).toBeLessThanOrEqual(11);
  });

  it('finds a p95 that is 10 % slower', () => {
    expect(regressions({ ...chosen, candidate: scaled(SCALE) }, 30)).toBeGreaterThanOrEqual(28);
    expect(regressions({ ...chosen, candidate: TAIL }, 60)).toBeGreaterThanOrEqual(48);
  });
});
