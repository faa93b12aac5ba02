import { expect, it } from 'vitest';
import { pagingSteps } from '../../../scripts/drift/plan/paging-steps.ts';

const DAY_MS = 86_400_000;
const SINCE = 1_770_000_000_000;
const valid = pagingSteps(SINCE).filter(({ expect: { statuses } }) => statuses.join() === '200');

it('ask for the longest window that is allowed, which holds all of the check', () => {
  const windows = valid.flatMap(({ path }) => {
    const [, since, until] = /[?&]since=(\d+)&until=(\d+)/.exec(path) ?? [];
    return since === undefined ? [] : [{ since: Number(since), until: Number(until) }];
  });
  const [{ since, until } = { since: 0, until: 0 }] = windows;
  expect([windows.length, (until - since) / DAY_MS]).toEqual([1, 89]);
  expect(since < SINCE && until > SINCE + DAY_MS / 2).toBe(true);
});

it('ask for the channel of the own conversations', () => {
  expect(valid.filter(({ path }) => path.includes('channel=chat'))).toHaveLength(1);
});
