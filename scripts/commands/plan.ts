import { EXIT } from '../exit-codes.ts';
import type { Command } from '../io.ts';
import { prepare } from '../plan/prepare.ts';
import { renderPlan } from '../plan/render-plan.ts';
import type { PlanOptions } from './plan-options.ts';

/** Shows what a run would send; sends nothing, and needs no API key. */
export const plan: Command<PlanOptions> = async (options, io) => {
  const prepared = await prepare(options, io);
  io.out(options.json ? `${JSON.stringify(prepared.plan)}\n` : renderPlan(prepared));
  return EXIT.pass;
};
