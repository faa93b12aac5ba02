import type { Event } from '../../../../contracts/generated/event.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import type { ChainView } from '../chain-view.ts';
import { alteredIn, textOf } from '../readback/alteration.ts';
import { isShownAfterRemoval, type RunView } from '../run-view.ts';
import type { Page } from './pages.ts';

/** What listings show of the check's own conversations, against what their turns were answered with. */
export function judgeListedEvents(seen: RunView, pages: readonly Page[]): Sighting[] {
  const { run, distinct, started } = seen;
  const chains = new Map([...started].map(([chain, conversation]) => [conversation, chain]));
  return pages.flatMap(({ probe, page }) =>
    page.interactions.flatMap(({ id, events }, index) => {
      const view = distinct[chains.get(id) ?? -1];
      if (view === undefined || isShownAfterRemoval(seen, id, probe)) return [];
      const place = `/listing/interactions/${index}/events`;
      return judgeEvents(probe, view, { events, place, graceMs: run.plan.graceMs });
    }),
  );
}

interface Shown {
  readonly event: Event;
  readonly index: number;
}

/** Whether an event stands before one that it followed, and that is older by its own time, too: replicas' clocks differ. */
const isBefore = (one: Shown, last: Shown): boolean =>
  one.index < last.index && one.event.createdAt > last.event.createdAt;

interface Listed {
  readonly events: readonly Event[];
  readonly place: string;
  readonly graceMs: number;
}

/** The first event that is missing, is not as it was answered, or comes before one that it followed. */
function judgeEvents(probe: Probe, view: ChainView, { events, place, graceMs }: Listed): Sighting[] {
  const listed = new Map(events.map((event, index) => [event.id, { event, index }]));
  const at = { rule: DRIFT_RULES.listedOtherwise, probe };
  let last: Shown | undefined;
  for (const turn of view.turns) {
    for (const answered of turn.events) {
      const { event, index } = listed.get(answered.id) ?? {};
      if (event === undefined) {
        const isDue = probe.exchange.sentAt - turn.probe.exchange.settledAt >= graceMs;
        if (!view.allSound || !isDue) continue;
        const expected = { includes: `${answered.role} event` };
        return [sighting({ ...at, place: `${place}/${events.length}`, expected })];
      }
      const property = alteredIn(answered, event);
      if (property === undefined) {
        const shown = { event, index: index ?? 0 };
        if (last !== undefined && isBefore(shown, last)) {
          const order = { expected: { order: 'as answered' }, value: events.map(({ role }) => role) };
          return [sighting({ ...at, place, ...order })];
        }
        last = shown;
        continue;
      }
      const seen = { expected: { equals: textOf(answered[property]) }, value: event[property] };
      return [sighting({ ...at, place: `${place}/${index}/${property}`, ...seen })];
    }
  }
  return [];
}
