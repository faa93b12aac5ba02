import type { ServerResponse } from 'node:http';
import { ApiError } from './api-error.ts';
import type { Conversation } from './conversation.ts';
import type { Role } from './event.ts';
import type { Kind } from './operators/kind.ts';
import { draw, fingerprint, type Random, random, STREAM } from './random.ts';
import type { TurnTruth } from './truth.ts';
import type { ApiKey } from './workspace.ts';

export const ROUTES = [
  'generate-answer',
  'list-agents',
  'list-conversations',
  'get-conversation',
  'delete-conversation',
  'delete-conversations',
  'unknown',
] as const;
export type Route = (typeof ROUTES)[number];

/** What an operator can see of the server around an exchange. */
export interface World {
  readonly seed: number;
  /** What operators keep from one exchange to the next. */
  readonly memory: Map<string, unknown>;
  /** Quantile of the service law, in ms. */
  quantile(share: number): number;
  /** Somebody else starts a conversation in the main workspace. */
  elsewhere(): void;
  applied(id: string): void;
}

/** One request on its way to its answer, as operators see it. */
export class Exchange {
  /** What it is, as far as is known; operators look here. */
  readonly kinds = new Set<Kind>(['ANY']);
  readonly #applied = new Set<string>();
  /** Who calls, or why that is refused. */
  access: ApiKey | ApiError = new ApiError(401, 'Missing Authorization header');
  /** The parsed body of the request. */
  body: unknown;
  role: Role | undefined;
  conversation: Conversation | undefined;
  truth: TurnTruth | undefined;
  #random: Random | undefined;

  constructor(
    readonly world: World,
    readonly route: Route,
    /** Position among the requests of its route. */
    readonly number: number,
    readonly response: ServerResponse,
  ) {}

  /** Who calls; throws the refusal of an unknown one. */
  get caller(): ApiKey {
    if (this.access instanceof ApiError) throw this.access;
    return this.access;
  }

  /** The numbers that its operators draw from. */
  get random(): Random {
    this.#random ??= random(this.world.seed, STREAM.variants, fingerprint(this.route), this.number);
    return this.#random;
  }

  /** Whether the client takes a content coding; one that says nothing takes any. */
  accepts(coding: string): boolean {
    const accepted = this.response.req.headers['accept-encoding'];
    return typeof accepted !== 'string' || accepted.includes(coding);
  }

  /** One of several ways to do the same thing, the same one for a whole run. */
  variant<Item>(id: string, ways: readonly [Item, ...Item[]]): Item {
    return ways[Math.floor(draw(this.world.seed, STREAM.variants, fingerprint(id)) * ways.length)] ?? ways[0];
  }

  /** Counts an operator as applied here. */
  apply(id: string): void {
    if (this.#applied.has(id)) return;
    this.#applied.add(id);
    this.truth?.operators.push(id);
    this.world.applied(id);
  }
}
