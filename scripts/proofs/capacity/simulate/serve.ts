import TinyQueue from 'tinyqueue';
import type { Random } from '../../../../contracts/random.ts';
import { replaceLeast } from '../../../capacity/model/queue.ts';
import type { System } from './system.ts';

/** Turns as a system served them, in the order of their arrivals; times in ms. */
export interface Served {
  readonly atMs: number[];
  readonly latencyMs: number[];
  /** 200, or what refused it. */
  readonly status: number[];
}

/** A refusal is back after this. */
const REFUSED_MS = 5;

/** Starts another turn when one ends, or none. */
export type Follow = (endMs: number) => number | undefined;

/** Serves arrivals (ascending) in virtual time; `follow` may answer each end with a new arrival, as closed loops do. */
export function serve(system: System, arrivals: readonly number[], draw: Random, follow?: Follow): Served {
  if (system.kind === 'breaking') return breaking(system, arrivals, draw, follow);
  if (system.kind === 'routed') return routed(system, arrivals, draw, follow);
  return system.kind === 'queue' ? queue(system, arrivals, draw, follow) : sharing(system, arrivals, draw, follow);
}

function queue(
  { servers, service, refuses }: System,
  arrivals: readonly number[],
  draw: Random,
  follow?: Follow,
): Served {
  const served: Served = { atMs: [], latencyMs: [], status: [] };
  const free = new Float64Array(servers);
  const coming = follow === undefined ? undefined : new TinyQueue([...arrivals]);
  for (let i = 0; ; i++) {
    const at = coming === undefined ? arrivals[i] : coming.pop();
    if (at === undefined) return served;
    const refusal = refuses?.(at);
    const end = refusal === undefined ? Math.max(at, free[0] ?? 0) + service(draw) : at + REFUSED_MS;
    if (refusal === undefined) replaceLeast(free, end);
    served.atMs.push(at);
    served.latencyMs.push(end - at);
    served.status.push(refusal ?? 200);
    const next = follow?.(end);
    if (next !== undefined) coming?.push(next);
  }
}

interface Job {
  readonly turn: number;
  readonly atMs: number;
  /** Attained work of each turn in service at which this one is done. */
  readonly doneAt: number;
}

/** Turns in service go on at once, all at one speed that depends on how many there are; others wait for one of the servers. */
function sharing(
  { servers, speed, service }: System,
  arrivals: readonly number[],
  draw: Random,
  follow?: Follow,
): Served {
  const served: Served = { atMs: [], latencyMs: [], status: [] };
  const coming = new TinyQueue([...arrivals]);
  const jobs = new TinyQueue<Job>([], (a, b) => a.doneAt - b.doneAt);
  const waiting: number[] = [];
  let now = 0;
  let attained = 0;
  const begin = (turn: number): void => {
    jobs.push({ turn, atMs: served.atMs[turn] ?? 0, doneAt: attained + service(draw) });
  };
  for (;;) {
    const job = jobs.peek();
    const pace = speed(jobs.length);
    const end = job === undefined ? Number.POSITIVE_INFINITY : now + (job.doneAt - attained) / pace;
    const at = coming.peek() ?? Number.POSITIVE_INFINITY;
    if (job === undefined && at === Number.POSITIVE_INFINITY) return served;
    if (job !== undefined && end <= at) {
      now = end;
      attained = job.doneAt;
      jobs.pop();
      served.latencyMs[job.turn] = end - job.atMs;
      const first = waiting.shift();
      if (first !== undefined) begin(first);
      const next = follow?.(end);
      if (next !== undefined) coming.push(next);
    } else {
      if (job !== undefined) attained += (at - now) * pace;
      now = at;
      coming.pop();
      served.atMs.push(at);
      served.status.push(200);
      if (jobs.length < servers) begin(served.atMs.length - 1);
      else waiting.push(served.atMs.length - 1);
    }
  }
}

/** Each turn waits for a server that it was given by chance. */
function routed({ servers, service }: System, arrivals: readonly number[], draw: Random, follow?: Follow): Served {
  const served: Served = { atMs: [], latencyMs: [], status: [] };
  const coming = new TinyQueue([...arrivals]);
  const free = new Float64Array(servers);
  for (let at = coming.pop(); at !== undefined; at = coming.pop()) {
    const server = Math.floor(draw() * servers);
    const end = Math.max(at, free[server] ?? 0) + service(draw);
    free[server] = end;
    served.atMs.push(at);
    served.latencyMs.push(end - at);
    served.status.push(200);
    const next = follow?.(end);
    if (next !== undefined) coming.push(next);
  }
  return served;
}

/** Turns do not wait for each other, but one that finds too many in flight is slow, and so are all others for a while. */
function breaking({ breaks, service }: System, arrivals: readonly number[], draw: Random, follow?: Follow): Served {
  if (breaks === undefined) throw new Error('a system that breaks must say when');
  const served: Served = { atMs: [], latencyMs: [], status: [] };
  const coming = new TinyQueue([...arrivals]);
  const ends = new TinyQueue<number>([]);
  let brokenUntil = Number.NEGATIVE_INFINITY;
  for (let at = coming.pop(); at !== undefined; at = coming.pop()) {
    while ((ends.peek() ?? Number.POSITIVE_INFINITY) <= at) ends.pop();
    const isBreaking = ends.length >= breaks.concurrency;
    if (isBreaking) brokenUntil = at + breaks.staysMs;
    const latency = service(draw) * (isBreaking || at < brokenUntil ? breaks.factor : 1);
    ends.push(at + latency);
    served.atMs.push(at);
    served.latencyMs.push(latency);
    served.status.push(200);
    const next = follow?.(at + latency);
    if (next !== undefined) coming.push(next);
  }
  return served;
}
