import type { Operator } from '../operator.ts';

const PERIOD_MS = 60_000;
const STALL_MS = 5_000;

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
  { id: 'latency-plus', title: 'replies take 200 ms more', on: ['U'], service: (workMs) => workMs + 200 },
];
