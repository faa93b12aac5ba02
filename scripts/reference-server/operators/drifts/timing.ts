import { setTimeout } from 'node:timers/promises';
import type { Operator } from '../operator.ts';

const PERIOD_MS = 60_000;
const STALL_MS = 5_000;
const MORE_MS = 300;
const IDLE_MS = 1_000;
const COLD_MS = 1_000;

/** How long replies take. */
export const TIMING: readonly Operator[] = [
  { id: 'M178', title: 'replies take 1.5 times as long', on: ['U'], service: (workMs) => workMs * 1.5 },
  {
    id: 'M181',
    title: 'the slowest tenth takes 1.5 times as long',
    on: ['U'],
    service: (workMs, { world }) => (workMs >= world.quantile(0.9) ? workMs * 1.5 : workMs),
  },
  {
    id: 'M184',
    title: 'every minute, replies wait for five seconds',
    on: ['U'],
    service: (workMs) => workMs + Math.max(0, STALL_MS - (Date.now() % PERIOD_MS)),
  },
  { id: 'M187', title: 'replies always take the same time', on: ['U'], service: (_, { world }) => world.quantile(0.5) },
  { id: 'latency-half', title: 'replies take half the time', on: ['U'], service: (workMs) => workMs / 2 },
  {
    id: 'latency-other-roles',
    title: 'other roles take 300 ms more',
    on: ['R'],
    held: async (answer, exchange) => {
      exchange.apply('latency-other-roles');
      await setTimeout(MORE_MS);
      return answer;
    },
  },
  {
    id: 'latency-stalls',
    title: 'one in twenty replies takes 3 s more',
    on: ['U'],
    service: (workMs, { random }) => (random() < 0.05 ? workMs + 3_000 : workMs),
  },
  {
    id: 'latency-trend',
    title: 'each reply takes 5 ms more than the one before',
    on: ['U'],
    service: (workMs, { world: { memory } }) => {
      const before = (memory.get('latency-trend') as number | undefined) ?? 0;
      memory.set('latency-trend', before + 1);
      return workMs + 5 * before;
    },
  },
  {
    id: 'latency-by-turn',
    title: 'a reply takes 200 ms more for each turn before it in its conversation',
    on: ['U'],
    service: (workMs, { conversation }) => {
      const turns = conversation?.events.filter(({ role }) => role === 'user').length ?? 1;
      return workMs + 200 * (turns - 1);
    },
  },
  {
    id: 'latency-after-idle',
    title: 'the first reply after a second without any takes 1 s more',
    on: ['U'],
    service: (workMs, { world: { memory } }) => {
      const last = memory.get('latency-after-idle') as number | undefined;
      const isIdle = last === undefined || Date.now() - last > IDLE_MS;
      const stretchedMs = isIdle ? workMs + COLD_MS : workMs;
      memory.set('latency-after-idle', Date.now() + stretchedMs);
      return stretchedMs;
    },
  },
  { id: 'latency-plus', title: 'replies take 200 ms more', on: ['U'], service: (workMs) => workMs + 200 },
];
