import type { Expectation } from '../expectations.ts';

/** A request on its way to the reference server. */
export interface ProxyRequest {
  readonly method: string;
  /** Of the API: the operation, or `other`. */
  readonly operation: 'turn' | 'agents' | 'list' | 'get' | 'delete' | 'other';
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string;
  /** The parsed body; undefined where it is none. */
  readonly body: unknown;
}

/** The answer, which a mutation may change. */
export interface ProxyResponse {
  status: number;
  headers: Record<string, string>;
  /** The parsed body; sent as JSON, unless `raw` is set. */
  body: unknown;
  raw?: string | Buffer;
  /** How the connection ends before the answer does. */
  ends?: 'short' | 'chunk' | 'reset' | 'nothing';
  /** How long the service took. */
  readonly tookMs: number;
  /** Holds the answer back. */
  delayMs?: number;
}

/** What of a request is another. */
export interface ChangedRequest {
  readonly path?: string;
  readonly body?: unknown;
  readonly authorization?: string;
}

/** A drift that the reference server does not know, made by a proxy in front of it. */
export interface Mutation {
  readonly id: string;
  readonly title: string;
  readonly expected: Expectation;
  /** Only a distribution shows it: tried with the standard budget, accepted runs and latencies. */
  readonly isDistribution?: boolean;
  /** Changes the request before it is sent on. */
  readonly changeRequest?: (request: ProxyRequest, memory: Map<string, unknown>) => ChangedRequest | undefined;
  readonly changeResponse?: (response: ProxyResponse, request: ProxyRequest, memory: Map<string, unknown>) => void;
}

export type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Changes the body of the successes of one operation. */
export function good(
  operation: ProxyRequest['operation'],
  change: (body: never) => unknown,
): NonNullable<Mutation['changeResponse']> {
  return (response, request) => {
    if (request.operation !== operation || response.status !== 200) return;
    const changed = change(response.body as never);
    if (changed !== undefined) response.body = changed;
  };
}

/** Changes the answers of one status. */
export function refused(
  status: number,
  change: (response: ProxyResponse, request: ProxyRequest) => void,
): NonNullable<Mutation['changeResponse']> {
  return (response, request) => {
    if (response.status === status) change(response, request);
  };
}

/** Changes every event in the successes of one operation. */
export function events(
  operation: ProxyRequest['operation'],
  change: (event: Json) => void,
): NonNullable<Mutation['changeResponse']> {
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
