import { now } from './clock.ts';
import type { Role } from './event.ts';

/** What happened to one POST to Generate Answer, on the server's clock (epoch ms with fractions). */
export interface TurnTruth {
  /** Position in the order of receipt. */
  readonly turn: number;
  readonly receivedAt: number;
  role: Role | null;
  interactionId: string | null;
  /** Whether this turn created its conversation. */
  created: boolean;
  contentChars: number;
  /** First 16 hex digits of the SHA-256 of the content. */
  contentHash: string | null;
  /** Generation began; null without one. */
  beganAt: number | null;
  /** Generation was over. */
  endedAt: number | null;
  /** In the queue, before generation began. */
  waitingMs: number;
  /** Of generation. */
  serviceMs: number;
  /** The answer was handed to the connection, or the connection was broken on purpose; null while the turn is open. */
  answeredAt: number | null;
  /** 0 when no status was sent. */
  status: number;
  bytes: number;
  /** Ids of the events that this turn stored, in the stored order. */
  eventIds: string[];
  /** The client had gone before the answer. */
  abandoned: boolean;
  /** Ids of the faults, drifts and variations that changed something. */
  operators: string[];
}

/** Counts since the start or the last reset. */
export interface TruthSummary {
  readonly startedAt: number;
  /** Answers to every route but the server's own, by status. */
  readonly requests: Record<string, Record<string, number>>;
  readonly turns: {
    readonly received: number;
    readonly open: number;
    readonly maxOpen: number;
    readonly settled: number;
    /** Turns that stored at least one event. */
    readonly stored: number;
    /** Turns older than those that are remembered. */
    readonly forgotten: number;
  };
  readonly events: number;
  /** Replies that are being generated, and those that wait for it, now. */
  readonly generation: { readonly inService: number; readonly waiting: number };
  /** Requests that the server answered with 500 because it broke itself; each is a bug. */
  readonly internalErrors: number;
  /** How often each operator changed something. */
  readonly operators: Record<string, number>;
}

/** What happened, as the server knows it. Remembers the last `limit` turns. */
export class Truth {
  #turns: TurnTruth[] = [];
  #startedAt = now();
  #received = 0;
  #settled = 0;
  #maxOpen = 0;
  #stored = 0;
  #events = 0;
  #internalErrors = 0;
  #requests: Record<string, Record<string, number>> = {};
  #operators: Record<string, number> = {};
  readonly #watchers = new Set<(turn: TurnTruth) => void>();

  constructor(private readonly limit: number) {}

  /** A turn has arrived. */
  open(): TurnTruth {
    const turn: TurnTruth = {
      turn: this.#received++,
      receivedAt: now(),
      role: null,
      interactionId: null,
      created: false,
      contentChars: 0,
      contentHash: null,
      beganAt: null,
      endedAt: null,
      waitingMs: 0,
      serviceMs: 0,
      answeredAt: null,
      status: 0,
      bytes: 0,
      eventIds: [],
      abandoned: false,
      operators: [],
    };
    this.#turns.push(turn);
    if (this.#turns.length > 2 * this.limit) this.#turns = this.#turns.slice(-this.limit);
    this.#maxOpen = Math.max(this.#maxOpen, this.#received - this.#settled);
    return turn;
  }

  /** A turn's last byte has been handed over. */
  settle(turn: TurnTruth): void {
    turn.answeredAt = now();
    this.#settled++;
    this.#events += turn.eventIds.length;
    if (turn.eventIds.length > 0) this.#stored++;
    for (const watcher of this.#watchers) watcher(turn);
  }

  countRequest(route: string, status: number): void {
    this.#requests[route] ??= {};
    const statuses = this.#requests[route];
    statuses[status] = (statuses[status] ?? 0) + 1;
  }

  countInternalError(): void {
    this.#internalErrors++;
  }

  countOperator(id: string): void {
    this.#operators[id] = (this.#operators[id] ?? 0) + 1;
  }

  /** The turns that are remembered, in the order of receipt. */
  turns(): readonly TurnTruth[] {
    return this.#turns.slice(-this.limit);
  }

  /** Calls `watcher` for each turn from now on, when it is over; returns how to stop. */
  watch(watcher: (turn: TurnTruth) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Forgets everything but who watches. */
  clear(): void {
    this.#turns = [];
    this.#startedAt = now();
    this.#received = 0;
    this.#settled = 0;
    this.#maxOpen = 0;
    this.#stored = 0;
    this.#events = 0;
    this.#internalErrors = 0;
    this.#requests = {};
    this.#operators = {};
  }

  summary(): Omit<TruthSummary, 'generation'> {
    return {
      startedAt: this.#startedAt,
      requests: structuredClone(this.#requests),
      turns: {
        received: this.#received,
        open: this.#received - this.#settled,
        maxOpen: this.#maxOpen,
        settled: this.#settled,
        stored: this.#stored,
        forgotten: Math.max(0, this.#received - this.limit),
      },
      events: this.#events,
      internalErrors: this.#internalErrors,
      operators: { ...this.#operators },
    };
  }
}
