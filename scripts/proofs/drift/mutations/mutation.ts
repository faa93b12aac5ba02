import type { Expectation } from '../expectations.ts';

/** A request on its way to the reference server. */
export interface Asked {
  readonly method: string;
  /** Of the API: the operation, or `other`. */
  readonly operation: 'turn' | 'agents' | 'list' | 'get' | 'delete' | 'other';
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string;
  /** The parsed body; undefined where it is none. */
  readonly body: unknown;
}

/** The answer, which a stranger may change. */
export interface Told {
  status: number;
  headers: Record<string, string>;
  /** The parsed body; sent as JSON, unless `raw` is set. */
  body: unknown;
  raw?: string | Buffer;
}

/** A drift that the reference server does not know, made by a proxy in front of it. */
export interface Stranger {
  readonly id: string;
  readonly title: string;
  readonly expected: Expectation;
  /** Changes the request before it is sent on. */
  readonly ask?: (
    asked: Asked,
    memory: Map<string, unknown>,
  ) => { readonly path?: string; readonly body?: unknown } | undefined;
  readonly tell?: (told: Told, asked: Asked, memory: Map<string, unknown>) => void;
}

export type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Changes the body of the successes of one operation. */
export function good(operation: Asked['operation'], change: (body: never) => unknown): NonNullable<Stranger['tell']> {
  return (told, asked) => {
    if (asked.operation !== operation || told.status !== 200) return;
    const changed = change(told.body as never);
    if (changed !== undefined) told.body = changed;
  };
}

/** Changes the answers of one status. */
export function refused(status: number, change: (told: Told, asked: Asked) => void): NonNullable<Stranger['tell']> {
  return (told, asked) => {
    if (told.status === status) change(told, asked);
  };
}

/** Changes every event in the successes of one operation. */
export function events(operation: Asked['operation'], change: (event: Json) => void): NonNullable<Stranger['tell']> {
  return good(operation, (body: unknown) => {
    for (const event of eventsOf(body)) change(event);
  });
}

function eventsOf(body: unknown): Json[] {
  if (Array.isArray(body)) return body.filter(isJson);
  if (!isJson(body)) return [];
  return [body, ...list(body.interactions)].flatMap((one) => list(one.events));
}

export const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
