import { describe, expect, it } from 'vitest';
import { sensitivityOf } from '../../../scripts/capacity/result/sensitivity.ts';
import type { Findings } from '../../../scripts/capacity/search/findings.ts';
import { parseSlo } from '../../../scripts/capacity/slo.ts';
import { simulateSearch } from '../../../scripts/proofs/capacity/simulate/simulate.ts';
import type { System } from '../../../scripts/proofs/capacity/simulate/system.ts';
import { SYSTEMS } from '../../../scripts/proofs/capacity/simulate/systems.ts';

/** The first search that has an answer. */
function searchOf(system: System): Findings {
  for (let seed = 1; seed < 8; seed++) {
    const found = simulateSearch(system, { seed, budget: 3_000 });
    if (found.certified !== null) return found;
  }
  throw new Error(`no search finds ${system.name}`);
}

describe.each(['LN8'])('sensitivityOf %s', (name) => {
  const system = SYSTEMS.find((it) => it.name === name);
  if (system === undefined) throw new Error(name);
  const slo = parseSlo(system.slo);
  const search = searchOf(system);
  const rows = sensitivityOf(search, slo);

  it('has the answer of the search in its own row', () => {
    const own = rows.find((it) => it.quantile === slo.quantile && it.limitMs === slo.limitMs);
    expect(own?.lambdaCert).toBe(search.certified);
    expect(own?.lambdaHat).toBe(search.posterior?.quantile(0.5));
    expect(search.certified).toBeGreaterThan(0);
  });

  it('never certifies more for a stricter objective', () => {
    for (const strict of rows) {
      for (const loose of rows) {
        if (loose.quantile > strict.quantile || loose.limitMs < strict.limitMs || strict.lambdaCert === null) continue;
        expect(loose.lambdaCert).toBeGreaterThanOrEqual(strict.lambdaCert);
      }
    }
    expect(rows.filter(({ lambdaCert }) => lambdaCert !== null).length).toBeGreaterThan(1);
  });
});
