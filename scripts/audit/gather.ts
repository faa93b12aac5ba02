import type { Finding } from '../../contracts/generated/audit.ts';
import type { Plan } from '../../contracts/generated/plan.ts';
import { type ApiClient, UNKNOWN_ID } from '../http/api-client.ts';
import type { StoredConversation } from '../http/stored-conversation.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type Evidence, indexOf } from './evidence.ts';
import { type Expectation, expectationOf } from './expectation.ts';
import { finding, keyOf } from './finding.ts';
import { namedEvents } from './named-events.ts';
import { type Reading, readBack } from './read-back.ts';
import { readingWanted } from './reading-wanted.ts';
import type { LedgerConversation, LedgerTurn, RunLedger } from './run-ledger.ts';
import { search } from './search.ts';
import { type ConversationTarget, type Tracker, tracker } from './search-targets.ts';

export interface GatherInput {
  readonly plan: Plan;
  readonly ledger: RunLedger;
  readonly selected: ReadonlySet<number>;
  readonly client: ApiClient;
  readonly progress: Pick<Checkpoint, 'before' | 'keep'>;
  readonly signal: AbortSignal;
  readonly concurrency: number;
  readonly visibleMs: number;
}

export interface Gathered {
  readonly evidence: Evidence;
  /** Events that came into view only after a while. */
  readonly late: readonly Finding[];
}

/** Asks the service for everything that the verdict on the selected conversations needs. */
export async function gather(input: GatherInput): Promise<Gathered> {
  const gathering = new Gathering(input);
  await gathering.findHomes();
  await gathering.read(gathering.homesOf(input.selected));
  await gathering.findStrays();
  await gathering.read(gathering.homesOf(gathering.related()));
  await gathering.searchUnread();
  await gathering.searchMissing();
  return { evidence: gathering, late: gathering.late() };
}

class Gathering implements Evidence {
  readonly ledger: RunLedger;
  readonly selected: ReadonlySet<number>;
  readonly expectation: Expectation;
  readonly homes = new Map<number, string>();
  readonly strays = new Map<string, number>();
  readonly stored = new Map<string, StoredConversation>();
  readonly unread = new Set<number>();
  readonly shared: boolean;
  readonly #readings = new Map<string, Reading>();
  readonly #track: Tracker;

  constructor(private readonly input: GatherInput) {
    const { plan, ledger, selected, visibleMs } = input;
    this.ledger = ledger;
    this.selected = selected;
    this.expectation = expectationOf(plan);
    this.shared = plan.continuation.strategy === 'fixed';
    this.#track = tracker(plan, ledger, this.expectation, visibleMs);
    for (const { conversation, interactionId } of ledger.conversations.values()) {
      if (interactionId !== undefined) this.homes.set(conversation, interactionId);
    }
  }

  homesOf(numbers: Iterable<number>): string[] {
    return [...new Set([...numbers].flatMap((number) => this.homes.get(number) ?? []))];
  }

  /** Finds the conversations whose ids the run never learnt. */
  async findHomes(): Promise<void> {
    const targets = [...this.selected].flatMap((number) => {
      const conversation = this.ledger.conversations.get(number);
      const isKnown = conversation === undefined || this.homes.has(number);
      return isKnown ? [] : (this.#track.ofConversation(conversation) ?? []);
    });
    const { ids, unsearched } = await this.#search(targets);
    for (const [{ conversation }, id] of ids) this.homes.set(conversation, id);
    for (const { conversation } of unsearched) this.unread.add(conversation);
  }

  /** Finds what a first try began, where the retry began another conversation. */
  async findStrays(): Promise<void> {
    const targets = [...this.selected].flatMap((number) => {
      const conversation = this.ledger.conversations.get(number);
      return conversation === undefined ? [] : (this.#track.ofStray(conversation, this.homes.get(number)) ?? []);
    });
    const { ids } = await this.#search(targets);
    for (const [{ conversation }, id] of ids) this.strays.set(id, conversation);
    await this.read([...this.strays.keys()]);
  }

  async read(ids: readonly string[]): Promise<void> {
    const { client, concurrency, signal, progress, visibleMs } = this.input;
    const residents = this.#residents();
    const wanting = readingWanted(this.expectation, visibleMs);
    const wanted = ids.flatMap((id) => {
      if (this.#readings.has(id)) return [];
      const before = progress.before.get(id);
      if (before?.stored === undefined) return wanting(id, residents.get(id) ?? []);
      this.#take(before);
      return [];
    });
    const onReading = (reading: Reading): void => {
      progress.keep(reading);
      this.#take(reading);
    };
    await readBack(wanted, { client, concurrency, signal, onReading });
  }

  /** Conversations outside the sample whose events are in it, or the reverse: both sides of a mix-up are to be known. */
  related(): Set<number> {
    const namers = new Map<string, number>();
    for (const { conversation, turns } of this.ledger.conversations.values()) {
      for (const { events } of turns) for (const { id } of events) namers.set(id, conversation);
    }
    const related = new Set<number>();
    for (const { events } of this.stored.values()) {
      for (const { id, references } of events) {
        const namer = namers.get(id);
        if (namer !== undefined) related.add(namer);
        for (const { run, conversation } of references) if (run === this.expectation.run) related.add(conversation);
      }
    }
    return related;
  }

  /** Conversations that Get does not show: those that the listing shows all the same cannot be judged, others are gone. */
  async searchUnread(): Promise<void> {
    const targets: ConversationTarget[] = [];
    for (const number of this.selected) {
      const conversation = this.ledger.conversations.get(number);
      const id = this.homes.get(number);
      const reading = id === undefined ? undefined : this.#readings.get(id);
      if (conversation === undefined || reading === undefined || reading.stored !== undefined) continue;
      const target = UNKNOWN_ID.includes(reading.status)
        ? this.#track.ofId(conversation, reading.interactionId)
        : undefined;
      if (target === undefined) this.unread.add(number);
      else targets.push(target);
    }
    const { ids, unsearched } = await this.#search(targets);
    for (const { conversation } of [...ids.keys(), ...unsearched]) this.unread.add(conversation);
  }

  /** Events that are not where they should be may be in a conversation that nobody asked for. */
  async searchMissing(): Promise<void> {
    const { places } = indexOf(this);
    const targets: ConversationTarget[] = [];
    for (const number of this.selected) {
      const conversation = this.ledger.conversations.get(number);
      if (conversation === undefined || this.unread.has(number)) continue;
      for (const [eventId, { turn }] of namedEvents(conversation)) {
        if (!places.has(eventId)) targets.push(this.#track.ofEvent(turn, eventId));
      }
    }
    const { ids } = await this.#search(targets);
    await this.read([...new Set(ids.values())]);
  }

  late(): Finding[] {
    const turns = [...this.selected].flatMap((number) => this.ledger.conversations.get(number)?.turns ?? []);
    const named = new Map(turns.flatMap((turn) => turn.events.map(({ id }): [string, LedgerTurn] => [id, turn])));
    return [...this.#readings.values()].flatMap(({ interactionId, late }) =>
      Object.entries(late).flatMap(([eventId, missedAt]) => {
        const turn = named.get(eventId);
        if (turn === undefined) return [];
        const afterMs = missedAt - turn.settledAt;
        return [finding('late', { turn: keyOf(turn), eventId, interactionId, afterMs })];
      }),
    );
  }

  #take(reading: Reading): void {
    this.#readings.set(reading.interactionId, reading);
    if (reading.stored !== undefined) this.stored.set(reading.interactionId, reading.stored);
  }

  #residents(): ReadonlyMap<string, LedgerConversation[]> {
    const residents = new Map<string, LedgerConversation[]>();
    for (const [number, id] of this.homes) {
      const conversation = this.ledger.conversations.get(number);
      if (conversation === undefined) continue;
      const list = residents.get(id);
      if (list === undefined) residents.set(id, [conversation]);
      else list.push(conversation);
    }
    return residents;
  }

  #search(targets: readonly ConversationTarget[]) {
    const { client, signal, plan } = this.input;
    const taken = new Set(this.homes.values());
    const { run } = this.expectation;
    return search(targets, { client, agentId: plan.target.botId, run, taken, signal });
  }
}
