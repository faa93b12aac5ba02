import { describe, expect, it } from 'vitest';
import { segmentArguments } from '../../scripts/k6/segment.ts';

describe('segmentArguments', () => {
  it.each([
    [1, 1, '0:1', '0,1'],
    [1, 2, '0:1/2', '0,1/2,1'],
    [2, 2, '1/2:1', '0,1/2,1'],
    [2, 4, '1/4:2/4', '0,1/4,2/4,3/4,1'],
    [3, 3, '2/3:1', '0,1/3,2/3,1'],
  ])('runner %i of %i', (runner, runners, segment, sequence) => {
    expect(segmentArguments(runner, runners)).toEqual([
      `--execution-segment=${segment}`,
      `--execution-segment-sequence=${sequence}`,
    ]);
  });
});
