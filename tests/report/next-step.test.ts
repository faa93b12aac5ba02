import { describe, expect, it } from 'vitest';
import type { GateResult, Result } from '../../contracts/generated/result.ts';
import { nextStepsOf } from '../../scripts/report/next-step.ts';

const gate = (metric: string, verdict: GateResult['verdict'] = 'fail') => ({ metric, verdict });
const commands = (reason: Result['reason'], gates: ReturnType<typeof gate>[] = []): string[] =>
  nextStepsOf({ reason, gates } as unknown as Result).map(({ command }) => command);

describe('nextStepsOf', () => {
  it.each<[string, Result['reason'], ReturnType<typeof gate>[], string[]]>([
    ['a pass', 'gates-met', [], ['fini-harness baseline add main <folder>', 'fini-harness compare main <folder>']],
    [
      'slow answers',
      'gates-failed',
      [gate('latency.p95'), gate('late.share', 'pass')],
      ['fini-harness view', 'fini-harness compare main <folder>'],
    ],
    [
      'a broken contract',
      'gates-failed',
      [gate('errors.share'), gate('violations.count')],
      ['fini-harness view', 'fini-harness drift --plan'],
    ],
    ['late starts only, which say what to do', 'gates-failed', [gate('late.share')], []],
    ['a key that is refused', 'key-refused', [], ['fini-harness doctor']],
    ['too few turns, which say how many more', 'gates-undecided', [], []],
  ])('of %s', (_, reason, gates, expected) => expect(commands(reason, gates)).toEqual(expected));
});
