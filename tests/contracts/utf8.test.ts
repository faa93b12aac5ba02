import { describe, expect, it } from 'vitest';
import { checkBody } from '../../contracts/check.ts';
import { conversationPageErrors, conversationPageSchema } from '../../contracts/contract.ts';
import { turnResponse } from '../../contracts/response.ts';

const page = (text: string): string =>
  JSON.stringify({ interactions: [], hasMore: false, nextCursor: text, prevCursor: null });
const HEADERS = { 'content-type': 'application/json' };

/** Whether the body is told as no UTF-8: as the answer to a turn of that content, or to a request that is no turn. */
function isTold(content: string, utf8: boolean | undefined): boolean {
  const turn = { role: 'user', content, continued: false, sentAt: 0, settledAt: 1 };
  const response = { ...turnResponse(200, HEADERS, page('caf\uFFFD')), utf8 };
  const violations = checkBody(turn, response, conversationPageSchema, conversationPageErrors);
  return violations.some(({ rule }) => rule === 'body-not-utf8');
}

describe('a U+FFFD in a body', () => {
  it.each([
    ['a request that is no turn', '', undefined, true],
    ['a request that is no turn, the bytes being broken', '', false, true],
    ['a request that is no turn, the bytes being UTF-8', '', true, false],
    ['a turn that has none', 'Hello', true, true],
    ['a turn that has one', 'Hell\uFFFD', undefined, false],
    ['a turn that has one, the bytes being broken', 'Hell\uFFFD', false, true],
  ])('in the answer to %s', (_, content, utf8, told) => {
    expect(isTold(content, utf8)).toBe(told);
  });
});
