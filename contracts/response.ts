import type { ParsedBody, TurnResponse } from './answer.ts';
import { violation } from './breach.ts';
import type { Event } from './generated/event.ts';
import { isEvents } from './generated/validators.js';
import { contentEncodingBroken } from './rules/content-encoding-broken.ts';
import type { Violation } from './violation.ts';

/** What identifies an event: as much of it as a client needs to go on, even where the rest broke the contract. */
export type EventCore = Pick<Event, 'id' | 'createdAt' | 'message'> & { readonly role: string };

/** An answer with its body parsed once. `headers`: lower-cased names; the contract looks at content-type and date. */
export function turnResponse(status: number, headers: Readonly<Record<string, string>>, body: string): TurnResponse {
  const json = parse(body);
  const events = status === 200 && json.ok && isEvents(json.value) ? json.value : undefined;
  return { status, headers, body, json, events };
}

function parse(body: string): ParsedBody {
  try {
    return { ok: true, value: JSON.parse(body) };
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

/** The events that the answer created, in its order; empty where the body is not an array of such. */
export function eventsOf({ status, json, events }: TurnResponse): readonly EventCore[] {
  if (events !== undefined) return events;
  if (status !== 200 || !json.ok || !Array.isArray(json.value)) return [];
  return json.value.every(isEventCore) ? json.value : [];
}

function isEventCore(value: unknown): value is EventCore {
  if (typeof value !== 'object' || value === null) return false;
  const { id, role, createdAt, message } = value as Partial<Record<keyof EventCore, unknown>>;
  return (
    typeof id === 'string' && typeof role === 'string' && Number.isFinite(createdAt) && typeof message === 'string'
  );
}

/** The violation of an answer that no client could read at all: the sender's HTTP stack refused its content-encoding. */
export function undecodableBody(): Violation {
  const value = undefined;
  return violation(contentEncodingBroken, 200, { path: ['body'], expected: { encoding: 'identity' }, value });
}
