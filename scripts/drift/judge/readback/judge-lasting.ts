import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import { conversationIn } from '../chain-view.ts';

/** What Get has shown of a conversation it goes on showing, once replicas had `graceMs` to agree. */
export function judgeLasting(reads: readonly Probe[], graceMs: number): Sighting[] {
  const seen = new Map<string, Map<string, number>>();
  return reads.flatMap((probe) => {
    // What was removed need not last.
    const isLasting = probe.operation === 'get-conversation' && probe.step.do !== 'gone';
    const conversation = isLasting ? conversationIn(probe) : undefined;
    if (conversation === undefined) return [];
    const known = seen.get(conversation.id) ?? new Map<string, number>();
    seen.set(conversation.id, known);
    const shown = new Set(conversation.events.map(({ id }) => id));
    const { sentAt, settledAt } = probe.exchange;
    const lost = [...known].find(([id, since]) => !shown.has(id) && sentAt - since >= graceMs)?.[0];
    for (const id of shown) if (!known.has(id)) known.set(id, settledAt);
    if (lost === undefined) return [];
    const place = `/readback/events/${shown.size}`;
    return [sighting({ rule: DRIFT_RULES.persistence, probe, place, expected: { includes: lost } })];
  });
}
