import { type Random, random } from '../../../contracts/random.ts';
import { contrast } from '../../compare/contrast.ts';
import { pValue } from '../../compare/effects.ts';
import { STAGED_PAIRS } from '../../compare/interleave/chosen.ts';
import { levelsAt, SPENT } from '../../compare/stages.ts';
import { normalDraw } from '../../foundation/statistics/normal-draw.ts';

/** Correlations of the runs of a pair: none, on the edge of being paired, and of contents that decide. */
const CORRELATIONS = [0, 0.3, 0.5, 0.8];
const MOST_PAIRS = [12, 27, STAGED_PAIRS];

/** What each boundary spends: the share of comparisons of equal arms, of normal runs, that cross it at any look. */
export function calibrate(replications: number): void {
  console.log(
    `most pairs  correlation  ${Object.keys(SPENT)
      .map((name) => name.padStart(14))
      .join('')}`,
  );
  for (const of of MOST_PAIRS) {
    for (const correlation of CORRELATIONS) {
      const spent = spentBy({ of, correlation }, replications);
      const shares = Object.keys(SPENT).map((name) =>
        `${((spent[name as keyof typeof SPENT] ?? 0) * 100).toFixed(2)} %`.padStart(14),
      );
      console.log(`${String(of).padStart(10)}  ${String(correlation).padStart(11)}  ${shares.join('')}`);
    }
  }
  console.log(`meant: ${JSON.stringify(SPENT)}`);
}

export interface Paths {
  readonly of: number;
  readonly correlation: number;
}

export function spentBy(
  { of, correlation }: Paths,
  replications: number,
): Readonly<Record<keyof typeof SPENT, number>> {
  const crossed = { 'latency.mean': 0, 'latency.p95': 0, clear: 0 };
  const looks = Array.from({ length: of }, (_, index) => levelsAt({ pairs: index + 1, of }));
  for (let seed = 0; seed < replications; seed++) {
    const ps = pathOf({ of, correlation }, random(seed, of, Math.round(correlation * 100)));
    const crosses = (level: (look: (typeof looks)[number]) => number): number =>
      Number(looks.some((look, i) => (ps[i] ?? 1) < level(look)));
    crossed['latency.mean'] += crosses((look) => look.regression['latency.mean']);
    crossed['latency.p95'] += crosses((look) => look.regression['latency.p95']);
    crossed.clear += crosses((look) => look.clear);
  }
  return {
    'latency.mean': crossed['latency.mean'] / replications,
    'latency.p95': crossed['latency.p95'] / replications,
    clear: crossed.clear / replications,
  };
}

/** The p-value at each look; the first two pairs have none. */
function pathOf({ of, correlation }: Paths, draw: Random): number[] {
  const arms: [number[], number[]] = [[], []];
  return Array.from({ length: of }, (_, index) => {
    const common = Math.sqrt(correlation) * normalDraw(draw);
    for (const arm of arms) arm.push(common + Math.sqrt(1 - correlation) * normalDraw(draw));
    return index < 2 ? 1 : pValue(contrast(...arms));
  });
}
