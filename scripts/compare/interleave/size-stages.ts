import { usageError } from '../../foundation/errors.ts';
import { leastSample } from '../../foundation/statistics/least-sample.ts';
import { plural } from '../../foundation/text/format.ts';
import type { ConfigFlags, FullConfig } from '../../run/config/load.ts';
import { plannedSample } from '../../run/plan/planned-sample.ts';
import type { Prepared } from '../../run/plan/prepare.ts';
import { countTurns } from '../../run/plan/turn-budget.ts';
import { STAGED_PAIRS, STAGED_TURNS } from './chosen.ts';

/** With fewer pairs a comparison in stages is no better than one of fixed size. */
const LEAST_PAIRS = 12;
/** The first try: what is not measured of a run, and room for chance. */
const SPARE = 1.3;
const TRIES = 4;
const LEAST_SAMPLE = leastSample(0.95);

/** How a comparison in stages is made: pairs at most, and what the runs have of their own. */
export interface StagedSize {
  readonly pairs: number;
  readonly own: ConfigFlags;
}

/**
 * Short runs, many pairs: how runs differ averages out, and each pair is a look. Runs whose length the user says are taken
 * as they are; limits on turns and cost lower the number of pairs.
 * @throws HarnessError (2) where the limits leave too few pairs
 */
export async function sizeStages(prepareRun: (own: ConfigFlags) => Promise<Prepared>): Promise<StagedSize> {
  const first = await prepareRun({});
  const isSized = first.config.duration !== undefined || first.config.conversations !== undefined;
  const own = isSized ? {} : await shortRun(first, prepareRun);
  const { plan } = isSized ? first : await prepareRun(own);
  const sample = plannedSample(plan) ?? STAGED_TURNS;
  const wanted = Math.min(STAGED_PAIRS, Math.max(LEAST_PAIRS, Math.ceil((STAGED_PAIRS * STAGED_TURNS) / sample)));
  const affordable = Math.floor(runsWithin(first.config, plan) / 2);
  if (affordable < LEAST_PAIRS) {
    throw usageError(
      `--interleave auto needs ${LEAST_PAIRS} pairs of ${plural(plan.turns ?? 0, 'turn')} per run at least: ` +
        `raise --max-turns or --max-cost, or give a number of pairs`,
    );
  }
  return { pairs: Math.min(wanted, affordable), own };
}

/** Just long enough, to the turn. Each pair has a seed of its own, and so its own part of turns that are measured. */
async function shortRun(
  { config, profile }: Prepared,
  prepareRun: (own: ConfigFlags) => Promise<Prepared>,
): Promise<ConfigFlags> {
  let turns = Math.ceil(STAGED_TURNS * SPARE);
  for (let attempt = 1; ; attempt += 1) {
    const rate = config.concurrency === undefined ? (config.rate ?? profile.rate ?? 1) : undefined;
    // Room for twice the conversations that so many turns can need: the window ends with the last of them.
    const own = { maxTurns: turns, ...(rate === undefined ? {} : { duration: `${Math.ceil((2 * turns) / rate)}s` }) };
    const samples: number[] = [];
    for (let pair = 0; pair < STAGED_PAIRS; pair += 1) {
      const { plan } = await prepareRun({ ...own, seed: config.seed + pair });
      samples.push(plannedSample(plan) ?? STAGED_TURNS);
    }
    const [first = STAGED_TURNS] = samples;
    const lacking = Math.max(STAGED_TURNS / Math.max(1, first), LEAST_SAMPLE / Math.max(1, Math.min(...samples)));
    if (lacking <= 1 || attempt === TRIES) return own;
    turns = Math.ceil(turns * lacking * 1.05);
  }
}

/** How many such runs the limits on turns and cost of all runs together allow. */
function runsWithin({ maxTurns, maxCost }: FullConfig, plan: Prepared['plan']): number {
  const { turns = 0, users = 0 } = countTurns(plan) ?? {};
  const byTurns = maxTurns === undefined || turns === 0 ? Number.POSITIVE_INFINITY : maxTurns / turns;
  const cost = users * (plan.price?.perTurn ?? 0);
  const byCost = maxCost === undefined || cost === 0 ? Number.POSITIVE_INFINITY : maxCost / cost;
  return Math.min(byTurns, byCost);
}
