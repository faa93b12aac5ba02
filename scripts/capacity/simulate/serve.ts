import TinyQueue from 'tinyqueue';
import type { Random } from '../../../contracts/random.ts';
import { replaceLeast } from '../queue.ts';
import type { System } from './system.ts';

/** Turns as a system served them, in the order of their arrivals; times in ms. */
export interface Served {
  readonly atMs: number[];
  readonly latencyMs: number[];
}

/** Starts another turn when one ends, or none. */
export type Follow = (endMs: number) => number | undefined;

/** Serves arrivals (ascending) in virtual time; `follow` may answer each end with a new arrival, as closed loops do. */
export function serve(system: System, arrivals: readonly number[], draw: Random, follow?: Follow): Served {
  return system.kind === 'queue' ? queue(system, arrivals, draw, follow) : sharing(system, arrivals, draw, follow);
}

function queue({ servers, service }: System, arrivals: readonly number[], draw: Random, follow?: Follow): Served {
  const served: Served = { atMs: [], latencyMs: [] };
  const free = new Float64Array(servers);
  const coming = follow === undefined ? undefined : new TinyQueue([...arrivals]);
  for (let i = 0; ; i++) {
    const at = coming === undefined ? arrivals[i] : coming.pop();
    if (at === undefined) return served;
    const end = Math.max(at, free[0] ?? 0) + service(draw);
    replaceLeast(free, end);
    served.atMs.push(at);
    served.latencyMs.push(end - at);
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

/** All turns in flight go on at once, each at 1 / (1 + slowdown (n - 1)) of its own speed. */
function sharing({ slowdown, service }: System, arrivals: readonly number[], draw: Random, follow?: Follow): Served {
  const served: Served = { atMs: [], latencyMs: [] };
  const coming = new TinyQueue([...arrivals]);
  const jobs = new TinyQueue<Job>([], (a, b) => a.doneAt - b.doneAt);
  let now = 0;
  let attained = 0;
  for (;;) {
    const job = jobs.peek();
    const slow = 1 + slowdown * (jobs.length - 1);
    const end = job === undefined ? Number.POSITIVE_INFINITY : now + (job.doneAt - attained) * slow;
    const at = coming.peek() ?? Number.POSITIVE_INFINITY;
    if (job === undefined && at === Number.POSITIVE_INFINITY) return served;
    if (job !== undefined && end <= at) {
      now = end;
      attained = job.doneAt;
      jobs.pop();
      served.latencyMs[job.turn] = end - job.atMs;
      const next = follow?.(end);
      if (next !== undefined) coming.push(next);
    } else {
      if (job !== undefined) attained += (at - now) / slow;
      now = at;
      coming.pop();
      jobs.push({ turn: served.atMs.length, atMs: at, doneAt: attained + service(draw) });
      served.atMs.push(at);
    }
  }
}
