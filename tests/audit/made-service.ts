import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import type { Plan } from '../../contracts/generated/plan.ts';
import { withReference } from '../../contracts/reference.ts';
import { expectationOf } from '../../scripts/audit/expectation.ts';
import type { LedgerTurn, RunLedger } from '../../scripts/audit/run-ledger.ts';
import type { ApiClient, ApiReply, ListQuery } from '../../scripts/http/api-client.ts';
import { messageHash } from '../../scripts/http/stored-conversation.ts';
import { makePlan } from '../../scripts/run/plan/make-plan.ts';
import { planInput } from '../run/plan/sample-input.ts';

type Pooled = Extract<LedgerLine, { kind: 'pooled' }>;

/** Epoch ms. */
export const T0 = 1_750_000_000_000;

export interface ServiceEvent {
  readonly id: string;
  readonly role: string;
  readonly createdAt: number;
  readonly message: string;
}

/** A service in memory, as one audit or clean-up sees it. */
export class MadeService implements ApiClient {
  /** What List conversations shows, newest last. */
  readonly listed = new Map<string, ServiceEvent[]>();
  /** What Get shows in turn, the last one for ever; by default what is listed, and 500 for an unknown id. */
  readonly gets = new Map<string, (ServiceEvent[] | number)[]>();
  listStatus = 200;
  /** What it calls the source of its conversations. */
  source = 'api';
  readonly queries: ListQuery[] = [];
  readonly asked: string[] = [];
  readonly counts = { get: 0, list: 0, delete: 0, bulkDelete: 0, failed: 0 };
  readonly trouble = () => '';

  getConversation = async (id: string): Promise<ApiReply> => {
    this.asked.push(id);
    const turns = this.gets.get(id) ?? [this.listed.get(id) ?? 500];
    const now = turns.length > 1 ? turns.shift() : turns[0];
    return typeof now === 'object' ? { status: 200, body: { id, events: now } } : { status: now ?? 500, body: {} };
  };
  listConversations = async (query: ListQuery): Promise<ApiReply> => {
    this.counts.list += 1;
    this.queries.push(query);
    if (this.listStatus !== 200) return { status: this.listStatus, body: undefined };
    if (query.source !== undefined && query.source !== this.source) {
      return { status: 200, body: { interactions: [], hasMore: false, nextCursor: null } };
    }
    const interactions = [...this.listed].map(([id, events]) => ({ id, events })).reverse();
    return { status: 200, body: { interactions, hasMore: false, nextCursor: null } };
  };
  deleteConversation = (): Promise<ApiReply> => Promise.reject(new Error('nothing is deleted here'));
  deleteConversations = this.deleteConversation;
}

/** Conversations of two answered user turns, said by a run and stored by a service as they should be. */
export class MadeConversations {
  readonly service = new MadeService();
  readonly pooled = new Map<string, Pooled>();
  readonly turns: LedgerTurn[][];
  /** Ids that the run has learnt. */
  readonly ids = new Map<number, string>();

  private constructor(
    readonly plan: Plan,
    conversations: number,
  ) {
    this.turns = Array.from({ length: conversations }, (_, conversation) =>
      [0, 1].map((turn) => this.#turn(conversation, turn)),
    );
    for (const conversation of this.turns.keys()) {
      this.ids.set(conversation, home(conversation));
      this.service.listed.set(
        home(conversation),
        [0, 1].flatMap((turn) => this.said(conversation, turn)),
      );
    }
  }

  static async make(conversations = 2, over: Partial<Plan> = {}): Promise<MadeConversations> {
    const turns: [{ content: string }, { content: string }] = [{ content: 'Where is it?' }, { content: 'Thank you.' }];
    const conversation = { id: 'one', turns };
    const plan = makePlan(
      await planInput({ workload: { source: 'test', sha256: '0', conversations: [conversation] } }),
    );
    return new MadeConversations({ ...plan, ...over }, conversations);
  }

  ledger(): RunLedger {
    const conversations = this.turns.map((turns, conversation) => {
      return [conversation, { conversation, interactionId: this.ids.get(conversation), turns }] as const;
    });
    return { conversations: new Map(conversations), pooled: this.pooled };
  }

  stored(conversation: number): ServiceEvent[] {
    return this.service.listed.get(home(conversation)) ?? [];
  }

  /** A turn's events as a faithful service stores them. */
  said(conversation: number, turn: number): ServiceEvent[] {
    const { run } = expectationOf(this.plan);
    const text = this.plan.workload.conversations[0]?.turns[turn]?.content ?? '';
    const message = run === undefined ? text : withReference(text, { run, conversation, turn });
    const at = startOf(conversation, turn) + 10;
    return [
      { id: `u${conversation}-${turn}`, role: 'user', createdAt: at, message },
      { id: `r${conversation}-${turn}`, role: 'finibot', createdAt: at + 1, message: `reply ${conversation}-${turn}` },
    ];
  }

  /** No answer came to a turn. */
  silence(conversation: number, turn: number, over: Partial<LedgerTurn> = {}): void {
    const list = this.turns[conversation] ?? [];
    const before = list[turn];
    if (before !== undefined) list[turn] = { ...before, outcome: 'timed-out', status: 0, events: [], ...over };
  }

  #turn(conversation: number, turn: number): LedgerTurn {
    const sentAt = startOf(conversation, turn);
    const events = this.said(conversation, turn).map(({ id, role, createdAt, message }) => ({
      ...{ id, role, createdAt, chars: message.length },
      ...(role === 'finibot' ? { hash: messageHash(message) } : {}),
    }));
    const outcome = { outcome: 'answered' as const, status: 200, violations: [] };
    return { conversation, turn, attempt: 0, role: 'user', sentAt, settledAt: sentAt + 500, ...outcome, events };
  }
}

export const home = (conversation: number): string => `home-${conversation}`;
const startOf = (conversation: number, turn: number): number => T0 + 20_000 * conversation + 2_000 * turn;
