import type { CheckedTurn } from '../../../contracts/answer.ts';
import example from '../fixtures/generate-answer.example.json' with { type: 'json' };

/** One answer to one turn, and the violations that it must give: `class rule template`, in the order of the rule table. */
export interface Case {
  readonly name: string;
  readonly turn: CheckedTurn;
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly expect: readonly string[];
}

// A test's JSON may be changed into anything: that is what the cases are for.
export type Loose = Record<string, unknown>;

export const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
export const BODY = '#/responses/200/body';

export const TURN: CheckedTurn = {
  role: 'user',
  content: 'Where is my order?',
  sentAt: 1749640952990,
  settledAt: 1749640955020,
  continued: false,
};

export interface Options {
  readonly turn?: Partial<CheckedTurn>;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes the text of the body. */
  readonly text?: (body: string) => string;
}

/** The documented example, changed: in place, or into what `change` returns. */
export function changed(
  name: string,
  change: (events: [Loose, Loose]) => unknown,
  expect: readonly string[],
  { turn, status = 200, headers = JSON_HEADERS, text = (body) => body }: Options = {},
): Case {
  const events = JSON.parse(JSON.stringify(example)) as [Loose, Loose];
  const value = change(events) ?? events;
  const body = text(JSON.stringify(value));
  return { name, turn: { ...TURN, ...turn }, response: { status, headers, body }, expect };
}

/** An answer with this very body. */
export function raw(name: string, body: string, expect: readonly string[], options: Options = {}): Case {
  return changed(name, () => undefined, expect, { ...options, text: () => body });
}

/** A legal variation: no violation. */
export function legal(name: string, change: (events: [Loose, Loose]) => unknown, options: Options = {}): Case {
  return changed(name, change, [], options);
}

/** What was said and stored are both this text. */
export function said(content: string): { change: (events: [Loose, Loose]) => void; options: Options } {
  return {
    change: ([stored]) => {
      stored.message = content;
    },
    options: { turn: { content } },
  };
}

export function put(object: Loose, property: string, value: unknown): void {
  object[property] = value;
}

export function article(events: [Loose, Loose], index = 0): Loose {
  return (events[1].usedArticles as Loose[])[index] as Loose;
}
