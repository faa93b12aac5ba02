import type { AuditTurn, Finding } from '../../contracts/generated/audit.ts';
import type { LedgerEvent } from '../../contracts/generated/ledger.ts';
import type { StoredEvent } from '../http/stored-conversation.ts';
import { type Evidence, type EvidenceIndex, foreignOwner, seenCrossTalk } from './evidence.ts';
import { finding, keyOf } from './finding.ts';
import type { LedgerConversation, LedgerTurn } from './run-ledger.ts';

/** An event that an answer named, and the turn that got the answer. */
export interface Named {
  readonly turn: LedgerTurn;
  /** Place in its answer. */
  readonly index: number;
  readonly event: LedgerEvent;
}

/** The events that the answers of a conversation named, in their order; the first answer that named one has it. */
export function namedEvents({ turns }: LedgerConversation): Map<string, Named> {
  const named = new Map<string, Named>();
  for (const turn of turns) {
    for (const [index, event] of turn.events.entries()) {
      if (!named.has(event.id)) named.set(event.id, { turn, index, event });
    }
  }
  return named;
}

/**
 * Holds what a conversation's answers named against what is stored: is it there, in its place, in its order, and the same?
 * `home` is the conversation as stored; empty where there is none.
 */
export function judgeNamed(
  conversation: LedgerConversation,
  home: { readonly id: string | undefined; readonly events: readonly StoredEvent[] },
  { expectation }: Evidence,
  { places }: EvidenceIndex,
): Finding[] {
  const named = namedEvents(conversation);
  const at = home.id === undefined ? {} : { interactionId: home.id };
  // First who got whose answer: it explains where events are.
  const { findings, crossed } = crossTalkOf(conversation, named, home.id, { run: expectation.run, places });
  const here = new Map(home.events.map((event) => [event.id, event]));
  for (const [eventId, one] of named) {
    const stored = here.get(eventId);
    const turn = keyOf(one.turn);
    if (stored !== undefined) {
      const fields = crossed.has(one.turn) ? [] : differences(one, stored, expectation.contentHash);
      if (fields.length > 0) findings.push(finding('altered', { turn, eventId, fields, ...at }));
      continue;
    }
    const place = places.get(eventId);
    if (place === undefined) findings.push(finding('lost', { turn, eventId, ...at }));
    else if (!crossed.has(one.turn)) {
      findings.push(finding('misplaced', { turn, eventId, interactionId: place.interactionId }));
    }
  }
  return [...findings, ...reordered(named, home)];
}

/** Turns that got the answer of another one, or whose conversation has it; once a turn. */
function crossTalkOf(
  conversation: LedgerConversation,
  named: ReturnType<typeof namedEvents>,
  home: string | undefined,
  { run, places }: Pick<EvidenceIndex, 'places'> & { readonly run: number | undefined },
): { readonly findings: Finding[]; readonly crossed: ReadonlySet<LedgerTurn> } {
  const findings: Finding[] = [];
  const crossed = new Set<LedgerTurn>();
  const cross = (turn: LedgerTurn, other: AuditTurn, interactionId: string | undefined): void => {
    if (crossed.has(turn)) return;
    crossed.add(turn);
    const where = interactionId === undefined ? {} : { interactionId };
    findings.push(finding('cross-talk', { turn: keyOf(turn), other, ...where }));
  };
  for (const { turn, event } of named.values()) {
    const place = places.get(event.id);
    const other = place && foreignOwner(place.event, turn.conversation, run);
    if (other !== undefined) cross(turn, other, place?.interactionId);
  }
  for (const turn of conversation.turns) {
    const other = seenCrossTalk(turn, run);
    if (other !== undefined) cross(turn, other, home);
  }
  return { findings, crossed };
}

/** Each event that stands right after one that it should come before. */
function reordered(
  named: ReadonlyMap<string, Named>,
  { id, events }: { readonly id: string | undefined; readonly events: readonly StoredEvent[] },
): Finding[] {
  const ranks = new Map([...named.keys()].map((eventId, rank) => [eventId, rank]));
  const findings: Finding[] = [];
  let last = -1;
  for (const event of events) {
    const rank = ranks.get(event.id);
    const one = named.get(event.id);
    if (rank === undefined || one === undefined || id === undefined) continue;
    if (rank < last) {
      findings.push(finding('reordered', { turn: keyOf(one.turn), eventId: event.id, interactionId: id }));
    }
    last = rank;
  }
  return findings;
}

/** The fields of a stored event that are not what was sent and answered. */
function differences(
  { turn, index, event }: Named,
  stored: StoredEvent,
  contentHash: (conversation: number, turn: number) => string | undefined,
): string[] {
  // The answer begins with the event that was sent; where it does not, the contract has told so.
  const isOwn = index === 0 && event.role === turn.role;
  const hash = isOwn ? contentHash(turn.conversation, turn.turn) : event.hash;
  return [
    ...(hash !== undefined && hash !== stored.hash ? ['message'] : []),
    ...(event.role !== stored.role ? ['role'] : []),
    ...(event.createdAt !== stored.createdAt ? ['createdAt'] : []),
  ];
}
