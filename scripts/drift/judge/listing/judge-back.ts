import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import type { RunView } from '../run-view.ts';
import type { Page } from './pages.ts';

/** So many conversations of a page do not all go to another one at once. */
const LEAST_OWN = 2;

/**
 * A page that was gone back to is the one that was there before: of the check's own conversations, which nothing moves
 * while it pages, since those of others may move at any time.
 */
export function judgeBack({ run: { plan, probes }, sound }: RunView, pages: readonly Page[]): Sighting[] {
  const turns = sound.filter(({ operation, chain }) => operation === 'generate-answer' && chain.phase === 1);
  const own = new Set(turns.flatMap(({ response: { events = [] } }) => events.map(({ id }) => id)));
  const ownIds = ({ page }: Page): string[] =>
    page.interactions.filter(({ events }) => events.some(({ id }) => own.has(id))).map(({ id }) => id);
  const chains = plan.chains.filter(({ steps }) => steps.some((step) => step.do === 'back'));
  return chains.flatMap(({ id }) => {
    const own = pages.filter(({ probe }) => probe.chain.id === id);
    const [first, second, again, , secondAgain] = own;
    // Which page is which is only known of all of them.
    if (own.length < probes.filter(({ chain }) => chain.id === id).length) return [];
    if (first === undefined || second === undefined) return [];
    if (second.page.interactions.length > 0 && !second.page.prevCursor) {
      const seen = { place: '/listing/prevCursor', expected: { type: 'string' }, value: second.page.prevCursor };
      return [sighting({ rule: DRIFT_RULES.pagingCursor, probe: second.probe, ...seen })];
    }
    if (again === undefined) return [];
    const [expected, shown] = [ownIds(first), ownIds(again)];
    const at = (page: Page, ids: readonly string[]): Sighting[] => {
      const seen = { place: '/listing/interactions', expected: { ids: [...ids] }, value: ownIds(page) };
      return [sighting({ rule: DRIFT_RULES.pagingBack, probe: page.probe, ...seen })];
    };
    if (expected.length > 0 && expected.join() !== shown.join()) return at(again, expected);
    // Before this page there are others: what moved to the front may have moved it by some places, and not by all.
    const before = ownIds(second);
    const isThere = before.some((id) => secondAgain === undefined || ownIds(secondAgain).includes(id));
    return secondAgain === undefined || before.length < LEAST_OWN || isThere ? [] : at(secondAgain, before);
  });
}
