import type { Certainty, Design } from '../../contracts/generated/comparison.ts';
import { criticalValue } from '../foundation/statistics/student-t.ts';
import type { Contrast } from './contrast.ts';
import type { Criteria } from './criteria.ts';
import { ALPHA_LATENCY, type Measured } from './effects.ts';
import { type Look, levelsAt } from './stages.ts';

const POWER = 0.8;
const MOST_PAIRS = 1_000;

/** The difference of one of two statistics that is found with the stated power. */
function detectable({ standardError, df }: Contrast, level = ALPHA_LATENCY / 2): number {
  return (criticalValue(level, df) + criticalValue(1 - POWER, df)) * standardError;
}

/** What all pairs of a comparison in stages would find. */
function detectableInStages({ standardError, df }: Contrast, { pairs, of }: Look): number {
  const level = levelsAt({ pairs: of, of }).regression['latency.p95'];
  const whole = { standardError: standardError * Math.sqrt(pairs / of), df: (df * of) / pairs };
  return detectable({ ...whole, difference: 0, isPaired: false }, level);
}

/** What this design could find, and what it would take to decide. */
export function certaintyOf(
  measured: readonly Measured[],
  design: Design,
  { tolerance, effect }: Criteria,
  look?: Look,
): Certainty {
  const [p95] = measured;
  const tolerated = 1 + tolerance;
  if (p95 === undefined) return { detectable: null, tolerated, furtherPairs: null, furtherTurns: null };
  const { difference, standardError } = p95.contrast;
  if (look !== undefined) {
    const atLast = Math.exp(detectableInStages(p95.contrast, look));
    return { detectable: Number.isFinite(atLast) ? atLast : null, tolerated, furtherPairs: null, furtherTurns: null };
  }
  const found = Math.exp(detectable(p95.contrast));
  if (design.kind !== 'interleaved') return { detectable: found, tolerated, furtherPairs: null, furtherTurns: null };
  // Whichever is nearer: to show that it is slower, or that it stays within the tolerance.
  const distance = Math.max(difference >= Math.log(1 + effect) ? difference : 0, Math.log(tolerated) - difference);
  const pairs = Math.min(design.baselineRuns, design.candidateRuns);
  const needed = Math.ceil(pairs * (detectable(p95.contrast) / distance) ** 2);
  const furtherPairs = standardError > 0 && needed <= MOST_PAIRS ? Math.max(1, needed - pairs) : null;
  const furtherTurns = furtherPairs === null ? null : Math.ceil(furtherPairs * 2 * design.turnsPerRun);
  return { detectable: found, tolerated, furtherPairs, furtherTurns };
}
