import type { Arrivals } from '../../contracts/generated/arrivals.ts';
import type { ConversationScript } from '../../contracts/generated/workload.ts';
import { random } from '../../contracts/random.ts';
import { poisson } from '../../scripts/proofs/workload/known-arrivals.ts';
import { arrivalLaw } from '../../scripts/workload/arrival-law.ts';

const HOUR_MS = 3_600_000;
/** A Monday, 00:00 UTC. */
const MONDAY_HOUR = Date.UTC(2026, 0, 5) / HOUR_MS;

export interface MadeLaw {
  readonly turns: number;
  readonly pauseMs: number;
  readonly chars: number;
  readonly german: number;
}

const USUAL: MadeLaw = { turns: 3, pauseMs: 20_000, chars: 80, german: 0.3 };

/** Scripts by a law: geometric turns, exponential pauses and lengths that the turns of a conversation share. */
export function madeScripts(seed: number, over: Partial<MadeLaw> = {}, count = 200): ConversationScript[] {
  const law = { ...USUAL, ...over };
  const next = random(seed, 7);
  const exponential = (): number => -Math.log(1 - next());
  return Array.from({ length: count }, (_, index) => {
    const [pace, size] = [exponential(), exponential()];
    const turns = Array.from({ length: 1 + Math.floor(exponential() * law.turns) }, (_, place) => ({
      content: 'Where is my parcel?',
      chars: 1 + Math.round(law.chars * (size + exponential())),
      ...(place === 0 ? {} : { thinkMs: Math.round(law.pauseMs * pace) }),
    }));
    return { id: `made-${index}`, language: next() < law.german ? 'de' : 'en', turns } as unknown as ConversationScript;
  });
}

/** Arrivals of whole weeks, by a rate for each hour of the week. */
export function madeArrivals(seed: number, rateOf: (hour: number) => number, weeks = 4): Arrivals {
  const next = random(seed, 8);
  const counts = Array.from({ length: weeks * 168 }, (_, hour) => poisson(rateOf(hour % 168), next));
  const started = counts.reduce((sum, count) => sum + count, 0);
  const [since, until] = [MONDAY_HOUR, MONDAY_HOUR + counts.length].map((it) => new Date(it * HOUR_MS).toISOString());
  const none = { n: 0, value: null, lower: null, upper: null };
  return {
    ...{ version: 2, harness: '0.0.0', learntAt: until ?? '' },
    source: { kind: 'conversations', since: since ?? '', until: until ?? '', agent: null, channel: null },
    conversations: {
      ...{ read: started, started, startedBefore: 0, duplicates: 0 },
      ...{ malformed: 0, withoutTimes: 0, withoutTurns: 0, open: 0 },
    },
    hours: { from: since ?? '', counts },
    ...arrivalLaw({ from: MONDAY_HOUR, counts }),
    shape: {
      ...{ turns: none, pauseMs: none, cappedPauses: 0, chars: none, roles: [], languages: [] },
      channels: [{ name: 'chat', k: started, n: started, value: 1, lower: 1, upper: 1 }],
    },
    warnings: [],
  };
}
