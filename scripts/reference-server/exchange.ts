import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Conversation } from './conversation.ts';
import type { Role } from './event.ts';
import { type ActiveOperator, fingerprint } from './operators/active.ts';
import type { Kind } from './operators/kind.ts';
import type { Operator } from './operators/operator.ts';
import type { Policy } from './operators/policy.ts';
import { draw, type Random, random, STREAM } from './random.ts';
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

type Hooked<Hook extends keyof Operator> = Operator & Required<Pick<Operator, Hook>>;

/** One request on its way to its answer, and the operators that were drawn for it. */
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
    private readonly drawn: readonly ActiveOperator[],
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

  /** The drawn operators with a hook that fit what this exchange is by now; each counts as applied. */
  hooked<Hook extends keyof Operator>(hook: Hook): Hooked<Hook>[] {
    const fitting = this.fitting(hook);
    for (const { id } of fitting) this.apply(id);
    return fitting;
  }

  /**
   * Lets the drawn operators that fit change something, one after the other; each counts as applied.
   * One that throws is passed over: an earlier one has left nothing that it can change.
   */
  change<Hook extends keyof Operator>(hook: Hook, change: (operator: Hooked<Hook>) => void): void {
    for (const operator of this.fitting(hook)) {
      try {
        change(operator);
      } catch {
        continue;
      }
      this.apply(operator.id);
    }
  }

  /** As `hooked`, without counting them. */
  fitting<Hook extends keyof Operator>(hook: Hook): Hooked<Hook>[] {
    if (this.drawn.length === 0) return [];
    const fitting = this.drawn.filter((active) => active.operator[hook] !== undefined && this.#fits(active));
    return fitting.map(({ operator }) => operator as Hooked<Hook>);
  }

  /** Counts an operator as applied here. */
  apply(id: string): void {
    if (this.#applied.has(id)) return;
    this.#applied.add(id);
    this.truth?.operators.push(id);
    this.world.applied(id);
  }

  /** What an operator answers in place of the server. */
  instead(): Answer | undefined {
    for (const operator of this.fitting('instead')) {
      const answer = operator.instead(this);
      if (answer === undefined) continue;
      this.apply(operator.id);
      return answer;
    }
    return undefined;
  }

  /** Whether an operator lifts a rule here; ask only where the rule matters. */
  lifts(policy: Policy): boolean {
    const active = this.drawn.find((one) => one.operator.policies?.includes(policy) === true && this.#fits(one));
    if (active === undefined) return false;
    this.apply(active.operator.id);
    return true;
  }

  #fits({ operator, roles }: ActiveOperator): boolean {
    if (roles !== undefined && (this.role === undefined || !roles.includes(this.role))) return false;
    return operator.on.some((kind) => this.kinds.has(kind));
  }
}
