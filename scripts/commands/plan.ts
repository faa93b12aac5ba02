import { EXIT } from '../foundation/exit-codes.ts';
import type { Command } from '../foundation/io.ts';
import { readToday } from '../run/admission/today.ts';
import { prepare } from '../run/plan/prepare.ts';
import { countTurns } from '../run/plan/turn-budget.ts';
import { wantsEmbedded } from '../run/wants-embedded.ts';
import { prepareOptionsOf } from './flags/load-flags.ts';
import type { PlanOptions } from './flags/plan-flags.ts';
import { summarise } from './plan-summary.ts';
import { renderPlan } from './render-plan.ts';

/** Shows what a run would send; sends nothing, and needs no API key. */
export const plan: Command<PlanOptions> = async (options, io) => {
  const prepared = await prepare(prepareOptionsOf(options), io);
  const { plan, config } = prepared;
  const embedded = wantsEmbedded(options, prepared.namesService, io.env);
  const day = { baseUrl: plan.target.baseUrl, most: countTurns(plan), cwd: io.cwd };
  const today = embedded ? undefined : await readToday(config, day);
  const summary = { ...summarise(prepared, embedded), ...(today === undefined ? {} : { today }) };
  if (options.json) io.json(summary);
  else io.out(renderPlan(summary));
  return EXIT.pass;
};
