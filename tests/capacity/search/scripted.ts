import { random } from '../../../contracts/random.ts';
import { type Rung, type RungRecord, rungTurns } from '../../../scripts/capacity/measure/rung.ts';
import { capacitySearch } from '../../../scripts/capacity/search/capacity-search.ts';
import type { Findings } from '../../../scripts/capacity/search/findings.ts';
import type { SearchSettings } from '../../../scripts/capacity/search/search-state.ts';
import { parseSlo } from '../../../scripts/capacity/slo.ts';
import { simulateRung } from '../../../scripts/proofs/capacity/simulate/simulate.ts';
import type { System } from '../../../scripts/proofs/capacity/simulate/system.ts';
import { SYSTEMS } from '../../../scripts/proofs/capacity/simulate/systems.ts';
import { TokenBucket } from '../../../scripts/reference-server/script/token-bucket.ts';

/** Answers a rung in virtual time; `sent` are the turns of all rungs before it. */
export type Answer = (rung: Rung, number: number, sent: number) => RungRecord;

/** A search whose rungs something answers. */
export function searchWith(
  answer: Answer,
  { slo = 'p95<8s', ...settings }: Partial<Omit<SearchSettings, 'slo'>> & { slo?: string } = {},
): { found: Findings; asked: Rung[] } {
  const search = capacitySearch({ seed: 1, budget: 3_000, saturate: true, ...settings, slo: parseSlo(slo) });
  const asked: Rung[] = [];
  let sent = 0;
  let step = search.next();
  while (!step.done) {
    asked.push(step.value);
    const record = answer(step.value, asked.length, sent);
    sent += rungTurns(step.value);
    step = search.next(record);
  }
  return { found: step.value, asked };
}

export function system(name: string): System {
  const found = SYSTEMS.find((it) => it.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

export const LN8 = system('LN8');

/** A steady system, or what becomes of it in the course of a search. */
export const served =
  (of: System | ((sent: number) => System), limitMs = 8_000, seed = 7): Answer =>
  (rung, number, sent) =>
    simulateRung(typeof of === 'function' ? of(sent) : of, rung, limitMs, random(seed, number));

/** A system all of whose answers take that much longer from a rate on. */
export const breakingFrom =
  (rate: number, factor: number, seed = 7): Answer =>
  (rung, number, sent) => {
    const isBroken = rung.kind === 'open' && rung.rate >= rate;
    const wide = { ...LN8, servers: 16 };
    const slow = { ...wide, service: (draw: () => number) => factor * LN8.service(draw) };
    return served(isBroken ? slow : wide, 8_000, seed)(rung, number, sent);
  };

/** What a token bucket in front of a service is like; `pauseMs` pass between rungs, in which it fills up. */
export interface Bucket {
  readonly perSecond: number;
  readonly burst: number;
  readonly status?: 429 | 503;
  readonly pauseMs?: number;
}

/** A steady system behind a token bucket. */
export function limitedBy({ perSecond, burst, status = 429, pauseMs = 2_000 }: Bucket, seed = 7, of = LN8): Answer {
  const bucket = new TokenBucket(perSecond, burst);
  let clock = 0;
  return (rung, number) => {
    const from = clock + pauseMs;
    // A level that ends early is simulated to its end, too: the bucket must not go back in time.
    const limited = {
      ...of,
      refuses: (at: number) => {
        clock = Math.max(clock, from + at);
        return bucket.take(from + at) ? undefined : status;
      },
    };
    const record = simulateRung(limited, rung, 8_000, random(seed, number));
    clock = Math.max(clock, from + Math.max(...record.turns.map(({ atMs, latencyMs }) => atMs + latencyMs)));
    return record;
  };
}
