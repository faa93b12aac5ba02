import { describe, expect, it } from 'vitest';
import { rungTurns } from '../../../scripts/capacity/measure/rung.ts';
import { LN8, searchWith, served } from './scripted.ts';

describe('a search with a larger budget than it had', () => {
  const first = searchWith(served(LN8), { budget: 700 });
  const extensions = [{ budget: 1_800, confirmed: 100 }];
  const second = searchWith(served(LN8), { budget: 700, extensions });

  it('asks for the same rungs first, and for more then', () => {
    expect(second.asked.slice(0, first.asked.length)).toEqual(first.asked);
    expect(second.asked.length).toBeGreaterThan(first.asked.length);
  });

  it('keeps to it, with what the confirming run before has spent', () => {
    const sent = second.asked.reduce((sum, rung) => sum + rungTurns(rung), 0);
    expect(sent).toBeLessThanOrEqual(1_700);
    expect(second.found.spent).toBe(sent + 100);
    expect(second.found.certified).toBeGreaterThan(0);
  });
});
