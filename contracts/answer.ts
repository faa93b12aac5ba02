import type { Article, Event } from './generated/event.ts';
import type { Presence } from './presence.ts';
import type { Reference } from './reference.ts';
import type { SchemaBreach } from './schema-breach.ts';

/** What was said, and when on the sender's clock (epoch ms). */
export interface CheckedTurn {
  readonly role: string;
  readonly content: string;
  readonly sentAt: number;
  readonly settledAt: number;
  /** Whether it named the conversation that it continues. */
  readonly continued: boolean;
  /** The reference that its content ends in, where it has one. */
  readonly reference?: Reference | undefined;
  /** Its metadata as JSON: an answer that shows an address of it tells the sender nothing new. */
  readonly metadata?: string | undefined;
  /** Whether its answer showed the sender's API key: it is hidden in the answer by now. */
  readonly keyShown?: boolean | undefined;
}

/** The body read as JSON, or why it is none. */
export type ParsedBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: string };

/** An HTTP answer to a turn, the same in Node and in k6. */
export interface TurnResponse {
  readonly status: number;
  /** By lower-cased name; only those that came. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether its bytes were UTF-8, where they were looked at. */
  readonly utf8?: boolean | undefined;
  readonly json: ParsedBody;
  /** The body of a 200 that is an event array as documented, but for properties that no schema knows. */
  readonly events: readonly Event[] | undefined;
}

/** An event as it came, without what the schema refuses: a documented property is missing or has a documented value. */
export type LooseEvent = Partial<Readonly<Omit<Event, 'usedArticles'>>> & {
  readonly usedArticles?: readonly Partial<Readonly<Article>>[];
};

/** All that a rule may look at. */
export interface Answer {
  readonly turn: CheckedTurn;
  readonly response: TurnResponse;
  /** The events of a 200; empty where the body is not an array of objects. */
  readonly events: readonly LooseEvent[];
  /** What the schema found, but for missing and unknown properties. */
  readonly breaches: readonly SchemaBreach[];
  /** Missing and unknown properties, put together. */
  readonly presence: Presence;
}
