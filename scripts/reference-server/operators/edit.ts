import type { Answer } from '../answer.ts';
import type { Exchange } from '../exchange.ts';
import { isRecord } from '../turn-request.ts';
import type { Operator } from './operator.ts';

export type Json = Record<string, unknown>;
type AnswerHook = NonNullable<Operator['answer']>;
type Change = (value: Json, exchange: Exchange) => void;

/** Changes every event of an answer: of a turn, of a conversation or of a page of them. */
export function eachEvent(change: Change): AnswerHook {
  return ({ body }, exchange) => {
    for (const event of eventsOf(body)) change(event, exchange);
  };
}

/** Changes a conversation, or every conversation of a page. */
export function eachConversation(change: Change): AnswerHook {
  return ({ body }, exchange) => {
    if (!isRecord(body)) return;
    for (const one of 'interactions' in body ? records(body.interactions) : [body]) change(one, exchange);
  };
}

/** Changes the replies of an answer. */
export function eachReply(change: Change): AnswerHook {
  return eachEvent((event, exchange) => {
    if (event.role === 'finibot') change(event, exchange);
  });
}

/** Changes the articles of an answer's events. */
export function eachArticle(change: Change): AnswerHook {
  return eachEvent(({ usedArticles }, exchange) => {
    for (const article of records(usedArticles)) change(article, exchange);
  });
}

/** Changes the list of events of a turn or of a conversation, in place. */
export function eventList(change: (events: Json[], exchange: Exchange) => void): AnswerHook {
  return ({ body }, exchange) => {
    const list = Array.isArray(body) ? body : isRecord(body) ? body.events : undefined;
    if (Array.isArray(list)) change(list, exchange);
  };
}

/** Replaces the body by what is made of it. */
export function body(change: (body: unknown, exchange: Exchange) => unknown): AnswerHook {
  return (answer, exchange) => {
    answer.body = change(answer.body, exchange);
  };
}

/** Changes the error envelope. */
export function errorBody(change: Change): AnswerHook {
  return (answer, exchange) => {
    if (isRecord(answer.body)) change(answer.body, exchange);
  };
}

/** Another status, in the envelope too where there is one. */
export function status(code: number | ((exchange: Exchange) => number)): AnswerHook {
  return (answer, exchange) => {
    answer.status = typeof code === 'number' ? code : code(exchange);
    if (isRecord(answer.body) && 'statusCode' in answer.body) answer.body.statusCode = answer.status;
  };
}

/** Sets headers; undefined takes one away. */
export function headers(changes: Readonly<Record<string, string | undefined>>): AnswerHook {
  return ({ headers: sent }: Answer) => {
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) delete sent[name];
      else sent[name] = value;
    }
  };
}

/** Changes the JSON text of an answer. */
export function text(change: (body: string, exchange: Exchange) => string): NonNullable<Operator['bytes']> {
  return (sent, _, exchange) => (typeof sent === 'string' ? change(sent, exchange) : sent);
}

/** Sets a property to a value. */
export function set(name: string, to: string | number | object | null): Change {
  return (value) => {
    value[name] = to;
  };
}

/** Sets a property to what is made of it. */
export function make(name: string, from: (present: unknown) => unknown): Change {
  return (value) => {
    value[name] = from(value[name]);
  };
}

/** Takes a property away. */
export function drop(name: string): Change {
  return (value) => {
    delete value[name];
  };
}

/** Renames a property and keeps its place. */
export function rename(value: Json, from: string, to: string): void {
  const entries = Object.entries(value);
  for (const name of Object.keys(value)) delete value[name];
  for (const [name, one] of entries) value[name === from ? to : name] = one;
}

function eventsOf(value: unknown): Json[] {
  if (Array.isArray(value)) return records(value);
  if (!isRecord(value)) return [];
  return [value, ...records(value.interactions)].flatMap(({ events }) => records(events));
}

function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
