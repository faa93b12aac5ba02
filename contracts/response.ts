import type { TurnResponse } from './answer.ts';
import { isEvents } from './contract.ts';
import type { Event } from './generated/event.ts';
import { parseJson } from './parse-json.ts';

/** What identifies an event: as much of it as a client needs to go on, even where the rest broke the contract. */
export type EventCore = Pick<Event, 'id' | 'createdAt' | 'message'> & { readonly role: string };

/** An answer with its body parsed once. `headers`: lower-cased names; the contract looks at content-type, content-encoding and date. */
export function turnResponse(status: number, headers: Readonly<Record<string, string>>, body: string): TurnResponse {
  const json = parseJson(body);
  const events = status === 200 && json.ok && isEvents(json.value) ? json.value : undefined;
  return { status, headers, body, json, events };
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
