import { describe, expect, it } from 'vitest';
import { exposedIn, judgeExposed } from '../../../scripts/drift/baseline/exposed.ts';
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
  return judgeExposed(probes, { mix: 'drift smoke 3', persons: { k: shown, n: 12 } } as never, baselines).length;
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
    expect(exposedIn(probe(message, personShown), message).persons).toBe(expected);
  });
});

describe('the inside of a service in replies', () => {
  const INSIDE = 'It is in the log (/var/log/fini/turns.log).';

  it.each([
    ['as in no accepted run', 12, [0, 0, 0], ['reply-inner-shown']],
    ['in a quarter of them', 3, [0, 0, 0], ['reply-inner-shown']],
    ['now and then', 2, [0, 0, 0], []],
    ['as in an accepted run', 12, [0, 1, 0], []],
    ['against two accepted runs', 12, [0, 0], []],
  ])('%s', (_, shown, accepted, expected) => {
    const probes = Array.from({ length: 12 }, (_each, index) => probe(index < shown ? INSIDE : 'Done.', false));
    const baselines = accepted.map((k) => ({ replies: { mix: 'm', inner: { k, n: 12 } } as never }));
    const found = judgeExposed(probes, { mix: 'm', inner: { k: shown, n: 12 } } as never, baselines);
    expect([...new Set(found.map(({ rule }) => rule))]).toEqual(expected);
  });

  it.each([
    ['an internal address', 'Source: https://wiki.fini.internal/kb/7', true],
    ['a path as code', 'Open `/etc/hosts`.', false],
    ['what was asked', 'x', false],
    ['prose', 'Please select size, colour from the menu.', false],
  ])('%s', (_, message, expected) => expect(exposedIn(probe(message, false), message).inner).toBe(expected));
});
