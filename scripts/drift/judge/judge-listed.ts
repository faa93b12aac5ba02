import type { ConversationPage } from '../../../contracts/generated/conversation-page.ts';
import type { Event } from '../../../contracts/generated/event.ts';
import { DRIFT_RULES, sighting } from '../rules.ts';
import type { Probe, Sighting } from '../sighting.ts';
import { type ChainView, conversationIn } from './chain-view.ts';
import type { DriftRun } from './drift-run.ts';
import { alteredIn, textOf } from './judge-storage.ts';

/** A page of a listing, and the request that it answered. */
export interface Page {
  readonly probe: Probe;
  readonly page: ConversationPage;
}

/** What listings show of the check's own conversations, against what their turns were answered with. */
export function judgeListed(
  { plan }: DriftRun,
  pages: readonly Page[],
  views: readonly ChainView[],
  started: ReadonlyMap<number, string>,
): Sighting[] {
  const chains = new Map([...started].map(([chain, conversation]) => [conversation, chain]));
  return pages.flatMap(({ probe, page }) =>
    page.interactions.flatMap(({ id, events }, index) => {
      const view = views[chains.get(id) ?? -1];
      if (view === undefined) return [];
      const place = `/listing/interactions/${index}/events`;
      return judgeEvents(probe, view, { events, place, graceMs: plan.graceMs });
    }),
  );
}

function judgeEvents(
  probe: Probe,
  view: ChainView,
  { events, place, graceMs }: { events: readonly Event[]; place: string; graceMs: number },
): Sighting[] {
  const listed = new Map(events.map((event, index) => [event.id, { event, index }]));
  for (const turn of view.turns) {
    for (const answered of turn.events) {
      const { event, index } = listed.get(answered.id) ?? {};
      if (event === undefined) {
        const isDue = probe.exchange.sentAt - turn.probe.exchange.settledAt >= graceMs;
        if (!view.allSound || !isDue) continue;
        const expected = { includes: `${answered.role} event` };
        return [differs(probe, `${place}/${events.length}`, '', expected, undefined)];
      }
      const property = alteredIn(answered, event);
      if (property === undefined) continue;
      const expected = { equals: textOf(answered[property]) };
      return [differs(probe, `${place}/${index}`, `/${property}`, expected, event[property])];
    }
  }
  return [];
}

function differs(probe: Probe, place: string, below: string, expected: Sighting['expected'], value: unknown): Sighting {
  const template = `/listing/interactions/*/events/*${below}`;
  return sighting(DRIFT_RULES.listedOtherwise, probe, `${place}${below}`, expected, value, template);
}

/** Events of one conversation that are shown in another. */
export function judgeBelonging(
  probes: readonly Probe[],
  pages: readonly Page[],
  views: readonly ChainView[],
  started: ReadonlyMap<number, string>,
): Sighting[] {
  const owners = new Map(
    views.flatMap(({ id, turns }) => turns.flatMap(({ events }) => events.map((event) => [event.id, id] as const))),
  );
  const chains = new Map([...started].map(([chain, conversation]) => [conversation, chain]));
  const strangerIn = (events: readonly Event[], chain: number): number =>
    events.findIndex(({ id }) => (owners.get(id) ?? chain) !== chain);
  const tell = (probe: Probe, index: number, place: string, template: string): Sighting[] =>
    index < 0
      ? []
      : [
          sighting(
            DRIFT_RULES.foreignEvents,
            probe,
            `${place}/${index}`,
            { of: 'this conversation' },
            undefined,
            template,
          ),
        ];
  const read = probes.flatMap((probe) => {
    const conversation = probe.operation === 'get-conversation' ? conversationIn(probe) : undefined;
    if (conversation === undefined || conversation.id !== probe.exchange.conversation) return [];
    const index = strangerIn(conversation.events, probe.step.of ?? probe.chain.id);
    return tell(probe, index, '/readback/events', '/readback/events/*');
  });
  const listed = pages.flatMap(({ probe, page }) =>
    page.interactions.flatMap(({ id, events }, at) => {
      const chain = chains.get(id);
      const index = chain === undefined ? -1 : strangerIn(events, chain);
      return tell(probe, index, `/listing/interactions/${at}/events`, '/listing/interactions/*/events/*');
    }),
  );
  return [...read, ...listed];
}
