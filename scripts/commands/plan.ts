import { EXIT } from '../exit-codes.ts';
import type { Command } from '../io.ts';
import { summarise } from '../plan/plan-summary.ts';
import { prepare } from '../plan/prepare.ts';
import { renderPlan } from '../plan/render-plan.ts';
import { wantsEmbedded } from '../run/service.ts';
import type { PlanOptions } from './plan-options.ts';

/** Shows what a run would send; sends nothing, and needs no API key. */
export const plan: Command<PlanOptions> = async (options, io) => {
  const prepared = await prepare(options, io);
  const summary = summarise(prepared, wantsEmbedded(options.embedded, prepared.plan, io.env));
  io.out(options.json ? `${JSON.stringify(summary)}\n` : renderPlan(summary));
  return EXIT.pass;
};
