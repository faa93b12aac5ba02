import { describe, expect, it } from 'vitest';
import { judgeForeignIds } from '../../../scripts/drift/judge/judge-foreign-ids.ts';
import { MAIN, post } from '../../../scripts/drift/plan/steps.ts';
import { conversation, exchangeOf, found, id, lines, type Made, page, turn, viewOf } from '../made-run.ts';

const begun = (number: number): Made[] => {
  const events = exchangeOf(number);
  return [turn(number, events), found(page([conversation(number, events)]))];
};
const refused = (message: string, sent = '{}', headers = {}): Made => ({
  step: post('N1', sent, { condition: 'content-missing', statuses: [400] }, MAIN),
  status: 400,
  headers: { 'content-type': 'application/json', ...headers },
  body: { statusCode: 400, message, error: 'Bad Request' },
});
const judge = (made: Made): string[] => lines(judgeForeignIds(viewOf([begun(0), begun(1), [made]])));
const ERROR = 'error-leak #/responses/400/body/message';

describe('ids of other conversations', () => {
  it.each<[string, Made, string[]]>([
    ['in no error', refused('content is missing'), []],
    ['in an error', refused(`not in ${id('c', 1)}`), [ERROR]],
    ['of an event in an error', refused(`after ${id('u', 0).toUpperCase()}`), [ERROR]],
    ['of nobody in an error', refused(`request ${id('q', 7)}`), []],
    ['that the request named', refused(`no ${id('c', 1)}`, JSON.stringify({ interactionId: id('c', 1) })), []],
    [
      'in a header',
      refused('No.', '{}', { 'x-trace': id('c', 0) }),
      ['private-header-added #/responses/*/headers/x-trace'],
    ],
  ])('%s', (_, made, expected) => expect(judge(made)).toEqual(expected));
});
