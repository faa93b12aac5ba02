import { describe, expect, it } from 'vitest';
import { judgePersons, namesPerson } from '../../../scripts/drift/baseline/persons.ts';
import type { Probe } from '../../../scripts/drift/sighting.ts';

const NAMED = 'I have written to [e-mail].';

function probe(message: string, personShown: boolean): Probe {
  const events = [
    { role: 'user', message: 'x' },
    { role: 'finibot', message },
  ];
  return { step: { turn: { role: 'user' } }, exchange: { personShown }, response: { events } } as unknown as Probe;
}

function judged(shown: number, accepted: readonly (number | undefined)[], mix = 'drift smoke 3'): number {
  const probes = Array.from({ length: 12 }, (_, index) => probe(index < shown ? NAMED : 'Done.', true));
  const baselines = accepted.map((k) => ({
    replies: { mix, ...(k !== undefined && { persons: { k, n: 12 } }) } as never,
  }));
  return judgePersons(probes, { mix: 'drift smoke 3', persons: { k: shown, n: 12 } } as never, baselines).length;
}

describe('addresses of persons in replies', () => {
  it.each([
    ['as in no accepted run', 12, [0, 0, 0], 12],
    ['in a quarter of them', 3, [0, 0, 0], 3],
    ['now and then', 2, [0, 0, 0], 0],
    ['as in an accepted run', 12, [0, 1, 0], 0],
    ['against two accepted runs', 12, [0, 0], 0],
    ['against runs that did not count them', 12, [0, 0, undefined], 0],
  ])('%s', (_, shown, accepted, count) => expect(judged(shown, accepted)).toBe(count));

  it('to other questions are not compared', () => expect(judged(12, [0, 0, 0], 'drift standard 3')).toBe(0));

  it.each([
    ['the address of a person', NAMED, true, true],
    ['a desk, which the ledger hides as well', NAMED, false, false],
    ['an address elsewhere in the answer', 'Done.', true, false],
  ])('%s', (_, message, personShown, expected) => {
    expect(namesPerson(probe(message, personShown), message)).toBe(expected);
  });
});
