import { expect, it } from 'vitest';
import type { DriftLine } from '../../contracts/generated/drift-ledger.ts';
import type { DriftPlan } from '../../contracts/generated/drift-plan.ts';
import { probesMs } from '../../scripts/drift/probe-times.ts';
import { probeProgress } from '../../scripts/drift/watch-probes.ts';

const turn = { turn: { role: 'user' } };
const chain = (phase: number, ...steps: object[]) => ({ phase, steps });
const planOf = (concurrency: number, ...chains: object[]) => ({ concurrency, chains }) as unknown as DriftPlan;

it.each([
  ['turns, one after the other', planOf(1, chain(1, turn), chain(1, turn)), 20_000],
  ['turns side by side', planOf(2, chain(1, turn), chain(1, turn)), 10_000],
  ['no faster than the longest chain', planOf(9, chain(1, turn, { ...turn, pauseMs: 5_000 }), chain(1, turn)), 25_000],
  ['removals one at a time', planOf(9, chain(3, {}), chain(3, {})), 600],
  ['phases one after the other', planOf(9, chain(1, turn), chain(2, turn)), 20_000],
])('a plan takes as long as its %s', (_, plan, expected) => {
  expect(probesMs(plan, 10_000)).toBe(expected);
});

it('progress counts each probe once, and holds what is left against what is done', () => {
  const progress = probeProgress(planOf(1, chain(1, turn, turn), chain(2, turn, turn)), 1_000);
  expect(progress.text(2_000)).toBe('0 of 4 probes done');
  const line = (kind: string, of: number, step: number) => ({ kind, chain: of, step }) as unknown as DriftLine;
  for (const each of [line('exchange', 0, 0), line('exchange', 0, 0), line('end', 0, 0), line('exchange', 9, 9)]) {
    progress.add(each);
  }
  expect(progress.text(11_000)).toBe('1 of 4 probes done, about 30.0 s left');
  progress.add(line('skipped', 1, 1));
  expect(progress.text(11_000)).toBe('2 of 4 probes done, about 10.0 s left');
});
