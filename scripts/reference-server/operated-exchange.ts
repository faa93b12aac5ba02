import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import { Exchange, type Route, type World } from './exchange.ts';
import type { ActiveOperator } from './operators/active.ts';
import type { Operator } from './operators/operator.ts';
import type { Policy } from './operators/policy.ts';

type Hooked<Hook extends keyof Operator> = Operator & Required<Pick<Operator, Hook>>;

/** An exchange, and the operators that were drawn for it. */
export class OperatedExchange extends Exchange {
  constructor(
    world: World,
    route: Route,
    number: number,
    response: ServerResponse,
    private readonly drawn: readonly ActiveOperator[],
  ) {
    super(world, route, number, response);
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
