import { ApiError } from './api-error.ts';
import type { Kind } from './operators/kind.ts';
import type { Operator } from './operators/operator.ts';
import type { Policy } from './operators/policy.ts';
import { type Random, random, STREAM } from './random.ts';
import type { TurnTruth } from './truth.ts';
import type { ApiKey } from './workspace.ts';

export type Route =
  | 'generate-answer'
  | 'list-agents'
  | 'list-conversations'
  | 'get-conversation'
  | 'delete-conversation'
  | 'delete-conversations'
  | 'unknown';

/** One request on its way to its answer, and the operators that were drawn for it. */
export class Exchange {
  /** What it is, as far as is known; operators look here. */
  readonly kinds = new Set<Kind>(['ANY']);
  readonly applied: string[] = [];
  /** Who calls, or why that is refused. */
  access: ApiKey | ApiError = new ApiError(401, 'Missing Authorization header');
  truth: TurnTruth | undefined;
  #random: Random | undefined;

  constructor(
    readonly number: number,
    readonly seed: number,
    readonly route: Route,
    private readonly drawn: readonly Operator[],
    private readonly onApplied: (id: string) => void,
  ) {}

  /** Who calls; throws the refusal of an unknown one. */
  get caller(): ApiKey {
    if (this.access instanceof ApiError) throw this.access;
    return this.access;
  }

  /** The numbers that its operators draw from. */
  get random(): Random {
    this.#random ??= random(this.seed, STREAM.variants, this.number);
    return this.#random;
  }

  /** The drawn operators with a hook that fit what this exchange is by now; each counts as applied. */
  hooked<Hook extends keyof Operator>(hook: Hook): (Operator & Required<Pick<Operator, Hook>>)[] {
    if (this.drawn.length === 0) return [];
    const fitting = this.drawn.filter((operator) => operator[hook] !== undefined && this.#fits(operator));
    for (const { id } of fitting) this.#apply(id);
    return fitting as (Operator & Required<Pick<Operator, Hook>>)[];
  }

  /** Whether an operator lifts a rule here; asking means that the rule would have mattered. */
  lifts(policy: Policy): boolean {
    const operator = this.drawn.find(({ policies, on }) => policies?.includes(policy) && this.#fits({ on }));
    if (operator === undefined) return false;
    this.#apply(operator.id);
    return true;
  }

  #fits({ on }: Pick<Operator, 'on'>): boolean {
    return on.some((kind) => this.kinds.has(kind));
  }

  #apply(id: string): void {
    if (this.applied.includes(id)) return;
    this.applied.push(id);
    this.truth?.operators.push(id);
    this.onApplied(id);
  }
}
