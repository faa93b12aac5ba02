import type { StoredEvent } from '../../scripts/http/stored-conversation.ts';
import { type Made, RUN } from './made-evidence.ts';

/** What a service may do to what it stores of a run, or a run to what it knows of a turn. */
export const conversation = (run: Made, number = 0): StoredEvent[] => run.stored[number] ?? [];
export const event = (run: Made, index: number, number = 0): StoredEvent => {
  const found = conversation(run, number)[index];
  if (found === undefined) throw new Error('no such event');
  return found;
};
export const settle = (run: Made, turn: number, over: object): void => {
  const list = run.turns[0] ?? [];
  const before = list[turn];
  if (before !== undefined) list[turn] = { ...before, events: [], ...over };
};
export const put = (run: Made, index: number, ...events: Partial<StoredEvent>[]): void => {
  const stored = { id: 'x', role: 'user', createdAt: 1, hash: 'x', references: [] };
  conversation(run).splice(index, 0, ...events.map((one) => ({ ...stored, ...one })));
};
export const change = (run: Made, index: number, over: Partial<StoredEvent>): void => {
  conversation(run)[index] = { ...event(run, index), ...over };
};
export const of = (conversation: number, turn: number, run = RUN) => ({ references: [{ run, conversation, turn }] });
