import { describe, expect, it } from 'vitest';
import { DECIDED, type SkipReason } from '../../contracts/skip-reasons.ts';
import { problemsOf } from '../../scripts/drift/run-state.ts';
import { madeRun, turn } from './made-run.ts';

const NUMBER = 4;

describe('a check that sent fewer user turns than planned', () => {
  it.each<[string, SkipReason, object[]]>([
    ['since what came had decided', DECIDED, []],
    ['for another reason', 'service-gone', [{ code: 'turns-unjudged', judged: 1, needed: 4 }]],
  ])('%s', (_, reason, expected) => {
    const run = madeRun(Array.from({ length: NUMBER }, (_, index) => [turn(index + 1)]));
    const skipped = [1, 2, 3].map((chain) => ({ kind: 'skipped', chain, step: 0, reason }) as const);
    expect(problemsOf({ ...run, probes: run.probes.slice(0, 1), skipped }, false)).toEqual(expected);
  });
});

it('a fault of the harness is a problem that names its chain', () => {
  const run = { ...madeRun([[turn(1)]]), faults: [{ kind: 'fault', chain: 1, message: 'TypeError: broken' } as const] };
  expect(problemsOf(run, false)).toContainEqual({ code: 'harness-fault', chain: 1, detail: 'TypeError: broken' });
});
