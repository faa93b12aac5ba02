import type { Event } from '../../../../contracts/generated/event.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import { conversationIn } from '../chain-view.ts';
import type { RunView } from '../run-view.ts';
import type { Page } from './pages.ts';

/** Events of one conversation that Get or a listing shows in another. */
export function judgeBelonging({ distinct, sound, started }: RunView, pages: readonly Page[]): Sighting[] {
  const owners = new Map(
    distinct.flatMap(({ id, turns }) => turns.flatMap(({ events }) => events.map((event) => [event.id, id] as const))),
  );
  const chains = new Map([...started].map(([chain, conversation]) => [conversation, chain]));
  const foreignIn = (probe: Probe, events: readonly Event[], chain: number, place: string): Sighting[] => {
    const said = new Set(distinct[chain]?.turns.flatMap((turn) => turn.events.map(({ message }) => message)));
    // What was said here has another id by now: it is of nobody else.
    const isAgain = ({ id, message }: Event): boolean => !owners.has(id) && said.has(message);
    const first = distinct[chain]?.allSound === true ? events.findIndex(({ id }) => owners.get(id) === chain) : 0;
    // Before the first turn of a conversation there is nothing.
    const index = events.findIndex(
      (event, at) => !isAgain(event) && (owners.get(event.id) ?? (at < first ? undefined : chain)) !== chain,
    );
    const seen = { place: `${place}/${index}`, expected: { of: 'this conversation' } };
    return index < 0 ? [] : [sighting({ rule: DRIFT_RULES.foreignEvents, probe, ...seen })];
  };
  const read = sound.flatMap((probe) => {
    const conversation = probe.operation === 'get-conversation' ? conversationIn(probe) : undefined;
    if (conversation === undefined || conversation.id !== probe.exchange.conversation) return [];
    return foreignIn(probe, conversation.events, probe.step.of ?? probe.chain.id, '/readback/events');
  });
  const listed = pages.flatMap(({ probe, page }) =>
    page.interactions.flatMap(({ id, events }, at) => {
      const chain = chains.get(id);
      return chain === undefined ? [] : foreignIn(probe, events, chain, `/listing/interactions/${at}/events`);
    }),
  );
  return [...read, ...listed];
}
