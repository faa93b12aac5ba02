import { describe, expect, it } from 'vitest';
import type { Result } from '../../contracts/generated/result.ts';
import { problemSentence } from '../../scripts/report/problem-sentence.ts';
import { sampleModel } from './sample-model.ts';

const MISSED = 'the id of 2 conversations was not found, so later turns were not sent';

describe('what a report says of conversations that were not found', () => {
  it.each<[string, Result['requests'], string]>([
    ['where nothing was asked', [], MISSED],
    ['where pages came', [{ operation: 'list-conversations', count: 3, failed: 2, meanMs: 1 }], MISSED],
    [
      'where no page came',
      [{ operation: 'list-conversations', count: 3, failed: 3, meanMs: 1 }],
      `${MISSED}: List conversations never answered with a page that k6 can read`,
    ],
  ])('%s', async (_what, requests, sentence) => {
    const { result } = await sampleModel('passing');
    const problem = { code: 'undiscovered', severity: 'incomplete', count: 2 } as const;
    expect(problemSentence(problem, { ...result, requests })).toBe(sentence);
  });
});

describe('what a report says of late starts', () => {
  const problem = { code: 'late-starts', severity: 'notice', count: 2 } as const;

  it.each<[Result['plan']['model'], string]>([
    ['poisson', ', which raises latencies by 2.0%'],
    ['closed', ': fewer turns were sent, and latencies do not include the delay'],
  ])('in the %s model', async (model, words) => {
    const { result } = await sampleModel('passing');
    const { lateShift: _, ...generator } = result.generator;
    const late = { k: 2, n: 100, value: 0.02, lower: 0.001, upper: 0.07 };
    const shift = model === 'closed' ? {} : { lateShift: 0.02 };
    const sentence = problemSentence(problem, {
      ...result,
      plan: { ...result.plan, model },
      generator: { ...generator, late, ...shift },
    });
    expect(sentence).toBe(`2.0% of turns started more than 50 ms late${words}`);
  });
});
