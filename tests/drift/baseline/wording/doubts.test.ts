import { describe, expect, it } from 'vitest';
import { doubtsOf, withoutUsual } from '../../../../scripts/drift/baseline/wording/doubts.ts';
import type { Probe, Sighting } from '../../../../scripts/drift/sighting.ts';

const MIX = 'drift smoke 4';
const probes = Array.from(
  { length: 12 },
  () => ({ step: { turn: { role: 'user' } }, response: { events: [{}, {}] } }) as unknown as Probe,
);
const seen = (rule: string, count: number): Sighting[] =>
  probes.slice(0, count).map((probe) => ({ rule, probe }) as unknown as Sighting);
const accepted = (counts: readonly number[], rule = 'reply-template-leak') =>
  counts.map((k) => ({ wording: { mix: MIX, n: 12, marks: {}, doubts: { [rule]: { k, n: 12 } } } }));

const left = (rule: string, count: number, baselines: ReturnType<typeof accepted>): number => {
  const sightings = seen(rule, count);
  return withoutUsual(sightings, doubtsOf(sightings, probes), MIX, baselines).length;
};

describe('doubtful texts of replies', () => {
  it.each<[string, string, number, readonly number[], number]>([
    ['as often as in the accepted runs', 'reply-template-leak', 2, [1, 2, 0], 0],
    ['in most replies, and in few of the accepted runs', 'reply-template-leak', 9, [1, 0, 0], 9],
    ['as no accepted run had', 'reply-template-leak', 1, [0, 0, 0], 1],
    ['against two accepted runs', 'reply-template-leak', 1, [2, 2], 1],
    ['that are a leak', 'reply-leak', 1, [2, 2, 2], 1],
  ])('%s', (_, rule, count, counts, expected) => expect(left(rule, count, accepted(counts, rule))).toBe(expected));
});
