import { random } from '../../contracts/random.ts';

/** A turn of the simulated run that the report tests show. Times in ms from time zero of the schedule. */
export interface SampleTurn {
  readonly conversation: number;
  readonly turn: number;
  readonly role: 'user' | 'agent';
  readonly atMs: number;
  /** `null` when the client gave up. */
  readonly latencyMs: number | null;
  readonly status: number;
  readonly rule: SampleRule | null;
}

export type SampleRule = 'cross-talk' | 'response-property-type-changed';

export interface SampleStage {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly from: number;
  readonly to: number;
  readonly measured: boolean;
}

/** Conversations per second by stage; the peak asks more than the simulated service can give when it is faulty. */
export const SAMPLE_STAGES: readonly [SampleStage, ...SampleStage[]] = [
  { name: 'ramp', startMs: 0, endMs: 30_000, from: 0, to: 3, measured: false },
  { name: 'steady', startMs: 30_000, endMs: 150_000, from: 3, to: 3, measured: true },
  { name: 'peak', startMs: 150_000, endMs: 210_000, from: 4.5, to: 4.5, measured: true },
  { name: 'recovery', startMs: 210_000, endMs: 300_000, from: 3, to: 3, measured: true },
];

export const SAMPLE_TIMEOUT_MS = 20_000;

/** Poisson conversations of one to four turns at a queue with log-normal service: the law that a real service resembles. */
export function sampleTurns(seed: number, faulty: boolean): SampleTurn[] {
  const draw = random(seed);
  const free = Array.from({ length: faulty ? 24 : 40 }, () => 0);
  const pending = arrivals(draw).map((atMs, conversation) => ({
    atMs,
    conversation,
    turn: 0,
    turns: 1 + Math.floor(draw() * 4),
  }));
  const turns: SampleTurn[] = [];
  while (pending.length > 0) {
    pending.sort((a, b) => b.atMs - a.atMs);
    const next = pending.pop();
    if (next === undefined) break;
    const turn = serve(next, free, draw, faulty);
    turns.push(turn);
    if (next.turn + 1 < next.turns && turn.latencyMs !== null) {
      pending.push({ ...next, turn: next.turn + 1, atMs: next.atMs + turn.latencyMs + 2000 + draw() * 4000 });
    }
  }
  return turns;
}

function arrivals(draw: () => number): number[] {
  const times: number[] = [];
  for (let atMs = 0; ; ) {
    const stage = SAMPLE_STAGES.find(({ endMs }) => atMs < endMs);
    if (stage === undefined) return times;
    const part = (atMs - stage.startMs) / (stage.endMs - stage.startMs);
    atMs += (-Math.log(1 - draw()) * 1000) / Math.max(0.5, stage.from + part * (stage.to - stage.from));
    times.push(atMs);
  }
}

function serve(
  { atMs, conversation, turn }: { atMs: number; conversation: number; turn: number },
  free: number[],
  draw: () => number,
  faulty: boolean,
): SampleTurn {
  const key = { conversation, turn, atMs };
  if (draw() < 0.04) return { ...key, role: 'agent', latencyMs: 30 + draw() * 40, status: 200, rule: null };
  const server = free.indexOf(Math.min(...free));
  const begin = Math.max(atMs, free[server] ?? 0);
  const crowded = begin - atMs > 1500;
  if (faulty && crowded && draw() < 0.06)
    return { ...key, role: 'user', latencyMs: 40 + draw() * 30, status: 429, rule: null };
  const service = Math.exp(Math.log(2600) + 0.55 * normal(draw));
  free[server] = begin + service;
  const latencyMs = begin + service - atMs + 12 + draw() * 10;
  if (latencyMs >= SAMPLE_TIMEOUT_MS || (faulty && crowded && draw() < 0.02))
    return { ...key, role: 'user', latencyMs: null, status: 0, rule: null };
  const rule = faulty && draw() < 0.004 ? (draw() < 0.5 ? 'response-property-type-changed' : 'cross-talk') : null;
  return { ...key, role: 'user', latencyMs, status: draw() < 0.002 ? 500 : 200, rule };
}

/** Box and Muller. */
function normal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
