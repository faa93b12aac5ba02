import type { AuditTurn, Finding } from '../../contracts/generated/audit.ts';
import type { Reference } from '../../contracts/reference.ts';
import type { StoredConversation, StoredEvent } from '../http/stored-conversation.ts';
import { type Evidence, type EvidenceIndex, turnKey, turnOf, unansweredAs } from './evidence.ts';
import { type FindingKind, finding, keyOf } from './finding.ts';
import { type Named, namedEvents } from './named-events.ts';
import type { LedgerTurn } from './run-ledger.ts';

/** What the events that no answer named to their own conversation come to. */
export interface Unnamed {
  readonly findings: readonly Finding[];
  /** How often each turn's own event is stored here, by turn key. */
  readonly copies: ReadonlyMap<string, number>;
  /** Events of somebody else, in a conversation that is not the run's alone: from a list of ids, or continued by the service. */
  readonly unrelated: number;
}

/**
 * Explains the events of a stored conversation that no answer named: turns without an answer, copies, somebody else's.
 * Tries without a usable answer that turn out to be stored are added to `executed`, which all conversations of an audit share.
 */
export function judgeUnnamed(
  conversation: StoredConversation,
  evidence: Evidence,
  index: EvidenceIndex,
  executed: Set<LedgerTurn>,
): Unnamed {
  const judge = new UnnamedJudge(conversation, evidence, index, executed);
  judge.judge();
  return judge;
}

/** Events of one conversation at a time are closer than this, whatever clocks have written them down. */
const APART_MS = 10_000;

class UnnamedJudge implements Unnamed {
  readonly findings: Finding[] = [];
  readonly copies = new Map<string, number>();
  unrelated = 0;
  readonly #named = new Map<string, Named>();
  readonly #turns: readonly LedgerTurn[];
  readonly #replies: StoredEvent[] = [];
  /** Conversations of others that begin in this one: the service continued it for them. */
  readonly #guests: ReadonlySet<string>;
  /** When the run spoke here, on the service's clock: what answers named, and what bears a reference of the run. */
  readonly #span: readonly [from: number, to: number];
  /** Replies that may be here though nobody got them. */
  #repliesDue = 0;
  #neighbour: AuditTurn | undefined;

  constructor(
    private readonly conversation: StoredConversation,
    private readonly evidence: Evidence,
    private readonly index: EvidenceIndex,
    private readonly executed: Set<LedgerTurn>,
  ) {
    const residents = index.residents.get(conversation.id) ?? [];
    this.#turns = residents.flatMap(({ turns }) => turns);
    for (const resident of residents) for (const [id, one] of namedEvents(resident)) this.#named.set(id, one);
    const [first] = this.#turns;
    this.#neighbour = first && keyOf(first);
    const { run } = evidence.expectation;
    const references = conversation.events.flatMap((event) => event.references);
    this.#guests = new Set(references.filter((one) => one.turn === 0 && one.run !== run).map(guestKey));
    const own = conversation.events.filter((event) => event.references.some((one) => one.run === run));
    const times = [...[...this.#named.values()].map(({ event }) => event), ...own].map((event) => event.createdAt);
    this.#span = [Math.min(...times) - APART_MS, Math.max(...times) + APART_MS];
  }

  judge(): void {
    const { events } = this.conversation;
    const first = new Map([...events].reverse().map((event) => [event.id, event]));
    // What answers named comes first: whatever else bears the same reference is a copy of it.
    for (const event of first.values()) {
      const owner = this.#named.has(event.id) ? this.#ownerOf(event) : undefined;
      if (owner !== undefined) this.#count(owner);
    }
    for (const event of events) {
      const named = this.#named.get(event.id);
      if (named !== undefined) this.#neighbour = keyOf(named.turn);
      if (first.get(event.id) !== event) this.#find('duplicated', event, named && { turn: keyOf(named.turn) });
      else if (named === undefined) this.#place(event);
    }
    const silent = this.#turns.filter((turn) => turn.role === 'user' && unansweredAs(turn) !== undefined);
    this.#repliesDue += silent.filter((turn) => !this.executed.has(turn)).length;
    for (const reply of this.#replies) this.#placeReply(reply);
  }

  #place(event: StoredEvent): void {
    if (this.evidence.ledger.pooled.has(event.id)) return;
    const owner = this.#ownerOf(event);
    if (owner !== undefined) this.#placeOwned(event, owner);
    else if (this.index.named.has(event.id)) return;
    else if (this.#isOfAnotherTime(event)) this.unrelated += 1;
    else if (event.role === 'finibot') this.#replies.push(event);
    else this.#placeForeign(event);
  }

  /** An event that is a turn's own, by what it says. */
  #placeOwned(event: StoredEvent, owner: AuditTurn): void {
    const tries = this.#triesOf(owner);
    const before = this.copies.get(turnKey(owner)) ?? 0;
    const isStray = this.evidence.strays.get(this.conversation.id) === owner.conversation;
    const home = isStray ? this.conversation.id : this.evidence.homes.get(owner.conversation);
    this.#count(owner);
    // Another turn's answer named it: that turn's conversation tells.
    const isTold = this.index.named.has(event.id);
    const silent = tries.find((one) => unansweredAs(one) !== undefined && !this.executed.has(one));
    if (silent !== undefined) this.#execute(silent);
    if (before === 0 && !isTold && home !== undefined && home !== this.conversation.id) {
      this.#find('cross-talk', event, { turn: owner, ...(this.#neighbour && { other: this.#neighbour }) });
    } else if (silent !== undefined) {
      const kind = before === 0 && !isStray ? 'unanswered-stored' : 'retry-stored';
      this.#find(kind, event, { turn: keyOf(silent), ...unansweredAs(silent) });
    } else if (isTold) return;
    else if (before > 0) this.#find('duplicated', event, { turn: owner });
    else {
      // Either refused, or its answer named other events, which are told as missing; a reply to it may be here.
      if (event.role === 'user') this.#repliesDue += 1;
      if (tries.every(({ events }) => events.length === 0)) this.#find('refused-stored', event, { turn: owner });
    }
  }

  #execute(turn: LedgerTurn): void {
    this.executed.add(turn);
    if (turn.role === 'user') this.#repliesDue += 1;
  }

  #placeForeign(event: StoredEvent): void {
    const [reference] = event.references;
    const { run } = this.evidence.expectation;
    if (reference !== undefined && this.#guests.has(guestKey(reference))) {
      this.unrelated += 1;
      if (event.role === 'user') this.#repliesDue += 1;
    } else if (reference !== undefined) {
      const other = turnOf(reference, run);
      this.#find('cross-talk', event, { ...(this.#neighbour && { turn: this.#neighbour }), other });
    } else if (this.evidence.shared) this.unrelated += 1;
    else this.#find('foreign', event, { ...(this.#neighbour && { turn: this.#neighbour }) });
  }

  #placeReply(reply: StoredEvent): void {
    if (this.#repliesDue > 0) {
      this.#repliesDue -= 1;
      return;
    }
    const twin = [...this.#named.values()].find(({ event }) => event.hash === reply.hash);
    if (twin !== undefined) this.#find('duplicated', reply, { turn: keyOf(twin.turn) });
    else this.#placeForeign(reply);
  }

  /** The turn whose own event this is: by its reference, or where there are none, by what it says. A reply is nobody's own. */
  #ownerOf(event: StoredEvent): AuditTurn | undefined {
    const { run, contentHash } = this.evidence.expectation;
    if (run !== undefined) {
      const reference = event.references.find((one) => one.run === run);
      // A reference to a turn that the run never sent is somebody's invention.
      const isOwn = reference !== undefined && this.#triesOf(reference)[0]?.role === event.role;
      return isOwn ? { conversation: reference.conversation, turn: reference.turn } : undefined;
    }
    const named = this.#named.get(event.id);
    if (named !== undefined) return named.index === 0 ? keyOf(named.turn) : undefined;
    const alike = this.#turns.filter(
      ({ conversation, turn, role }) => role === event.role && contentHash(conversation, turn) === event.hash,
    );
    const open = alike.find((turn) => (this.copies.get(turnKey(turn)) ?? 0) < this.#triesOf(turn).length);
    const turn = open ?? alike.at(-1);
    return turn && keyOf(turn);
  }

  #triesOf({ conversation, turn }: Pick<AuditTurn, 'conversation' | 'turn'>): readonly LedgerTurn[] {
    return this.evidence.ledger.conversations.get(conversation)?.turns.filter((one) => one.turn === turn) ?? [];
  }

  /**
   * What a service continued for the run, or, where contents have no references, for others after it: a customer's messages
   * long before the run's own, or long after.
   */
  #isOfAnotherTime({ createdAt, references }: StoredEvent): boolean {
    const [from, to] = this.#span;
    const isBare = this.evidence.expectation.run === undefined;
    return references.length === 0 && (createdAt < from || (isBare && createdAt > to));
  }

  #count(owner: AuditTurn): void {
    const key = turnKey(owner);
    this.copies.set(key, (this.copies.get(key) ?? 0) + 1);
  }

  #find(kind: FindingKind, event: StoredEvent, more: Omit<Finding, 'kind' | 'class'> = {}): void {
    this.findings.push(finding(kind, { eventId: event.id, interactionId: this.conversation.id, ...more }));
  }
}

const guestKey = ({ run, conversation }: Reference): string => `${run}/${conversation}`;
