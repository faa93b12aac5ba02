import { leastConfirmed } from '../capacity/confirm/confirm.ts';
import type { SavedSearch } from '../capacity/drive.ts';
import { grantOf } from '../capacity/search/search-state.ts';
import { count, duration } from '../foundation/text/format.ts';
import { plannedUrl } from '../foundation/text/target.ts';
import { textLines } from '../foundation/text/terminal.ts';
import { planRows, priceText } from '../run/plan/plan-text.ts';

/** Answers at a time of a small and a large service, and how much of what they can do a search asks for in the mean. */
const [FEW, MANY] = [2, 32];
const USE = 0.8;

/** Why whole conversations will not confirm the rate. */
const withoutRun = (settings: SavedSearch['settings']): string =>
  grantOf(settings).unconfirmed === true
    ? 'none (--no-confirm)'
    : `none: all turns go to the search; a budget of ${count(leastConfirmed(settings.slo))} or more keeps some for it`;

/** What a search may send, cost and take. */
export function renderSearchPlan({ settings, plan }: SavedSearch): string {
  const { slo, maxRate } = settings;
  const { budget, reserve } = grantOf(settings);
  const answerMs = slo.limitMs / 2;
  const takes = (parallel: number): string => {
    const perMs = Math.min((USE * parallel) / answerMs, (maxRate ?? Number.POSITIVE_INFINITY) / 1000);
    return duration(budget / perMs);
  };
  const rows = planRows([
    ['target', plannedUrl(plan.target)],
    [
      'user turns',
      `at most ${count(budget)}${reserve === undefined ? '' : `, ${count(reserve)} of them for the confirming run`}; the search ends as soon as the answer is certain enough`,
    ],
    ...(reserve === undefined ? [['confirming run', withoutRun(settings)] as const] : []),
    ['price', priceText(plan.price, budget)],
    [
      'duration',
      `at most about ${takes(MANY)} if the service generates ${MANY} answers of ${duration(answerMs)} at a time, ${takes(FEW)} if it generates ${FEW}`,
    ],
    ...(maxRate === undefined ? [] : [['rate', `at most ${maxRate} turns/s`] as const]),
  ]);
  return `${textLines([`Capacity search, ${slo.text}: plan only; nothing is sent.`])}${rows}`;
}
