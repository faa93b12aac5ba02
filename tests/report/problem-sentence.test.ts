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
