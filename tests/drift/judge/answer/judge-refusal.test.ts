import { describe, expect, it } from 'vitest';
import { referenceText } from '../../../../contracts/reference.ts';
import { judgeExchange } from '../../../../scripts/drift/judge/answer/judge-exchange.ts';
import { post } from '../../../../scripts/drift/plan/steps.ts';
import type { Probe } from '../../../../scripts/drift/sighting.ts';
import { conversation, exchangeOf, found, lines, type Made, madeRun, page, read } from '../../made-run.ts';

const judge = (made: Made): string[] => lines(judgeExchange(madeRun([[made]]).probes[0] as Probe));
const error = (status: number, more = {}) => ({ statusCode: status, message: 'No.', error: 'Error', ...more });

describe('the answer to a request that should be refused', () => {
  const refusal = (expect: Partial<Made['step']['expect']>, status: number, body: unknown): Made => ({
    step: post('N', '{}', { condition: 'bad', statuses: [400], ...expect }),
    status,
    body,
  });
  const bulk = (body: unknown, headers = { 'content-type': 'application/json' }): Made => {
    const { step } = refusal({ statuses: [406] }, 406, body);
    return { step: { ...step, operation: 'delete-conversations', method: 'DELETE' }, status: 406, body, headers };
  };
  const AT = '#/responses/bad/status';
  const SAID = referenceText({ run: 7, conversation: 2, turn: 0 });
  it.each<[string, Made, string[]]>([
    ['as documented', refusal({}, 400, error(400)), []],
    ['with a list of messages', refusal({}, 400, error(400, { message: ['a', 'b'] })), []],
    [
      'with another statusCode in it',
      refusal({}, 400, error(422)),
      ['error-status-mismatch #/responses/400/body/statusCode'],
    ],
    ['without an envelope', refusal({}, 400, ''), ['error-body-empty #/responses/400/body']],
    ['of a bulk removal, as documented', bulk(error(406)), []],
    ['of a bulk removal, without an envelope', bulk(''), ['error-body-empty #/responses/406/body']],
    [
      'of a bulk removal, as a page',
      bulk('<html></html>', { 'content-type': 'text/html' }),
      ['response-media-type-changed #/responses/406/headers/content-type'],
    ],
    ['with another status', refusal({}, 422, error(422)), [`error-status-changed ${AT}`]],
    ['with a clearer status', refusal({ tolerated: [404] }, 404, error(404)), [`error-status-improved ${AT}`]],
    [
      'of which the reference is not sure, with another status',
      refusal({ notice: true }, 422, error(422)),
      [`refusal-differs ${AT}`],
    ],
    ['accepted', refusal({}, 200, exchangeOf(1)), [`invalid-request-accepted ${AT}`]],
    ['accepted where that was denied', refusal({ denied: true }, 200, exchangeOf(1)), [`access-granted ${AT}`]],
    ['taken by nobody where that was denied', refusal({ denied: true }, 200, []), [`invalid-request-accepted ${AT}`]],
    [
      'accepted where the reference is not sure',
      refusal({ notice: true }, 200, exchangeOf(1)),
      [`undocumented-request-accepted ${AT}`],
    ],
    ['an error under 200', refusal({}, 200, error(400)), [`error-with-success-status ${AT}`]],
    ['either way', refusal({ statuses: [200, 400], learnt: true }, 400, error(400)), []],
    [
      'with a stack trace',
      refusal({}, 400, error(400, { message: 'x\n    at f (/srv/app/main.js:3:1)' })),
      ['error-leak #/responses/400/body/message'],
    ],
    [
      'with a key that the ledger hides',
      { ...refusal({}, 400, error(400, { message: 'no [key]' })), exchange: { keyShown: true } },
      ['error-leak #/responses/400/body'],
    ],
    [
      'with the address of a person that the ledger hides',
      { ...refusal({}, 400, error(400, { message: 'the key of [e-mail]' })), exchange: { personShown: true } },
      ['error-leak #/responses/400/body'],
    ],
    [
      'with what was said in another conversation',
      refusal({}, 400, error(400, { message: `after: Where is it? ${SAID}` })),
      ['error-leak #/responses/400/body'],
    ],
    [
      'with what it was sent',
      {
        ...refusal({}, 400, error(400, { message: `bad: ${SAID}` })),
        step: { ...refusal({}, 400, '').step, body: SAID },
      },
      [],
    ],
    [
      'with an address in a property of its own, which is one finding',
      { ...refusal({}, 400, error(400, { email: '[e-mail]' })), exchange: { personShown: true } },
      ['private-property-added #/responses/400/body/email'],
    ],
    ['with the address of a help desk', refusal({}, 400, error(400, { message: 'ask [e-mail]' })), []],
    ['that speaks of [key] of its own', refusal({}, 400, error(400, { message: 'no [key]' })), []],
    [
      'with a query, and another status',
      refusal({}, 404, error(404, { message: 'SELECT a FROM b' })),
      ['error-leak #/responses/404/body/message', `error-status-changed ${AT}`],
    ],
    [
      'with what was sent',
      {
        ...refusal({}, 400, error(400, { message: 'SELECT a FROM b' })),
        step: post('N', '{"content":"SELECT a FROM b"}', { condition: 'bad', statuses: [400] }),
      },
      [],
    ],
    ['neither way', refusal({ statuses: [400, 200], learnt: true }, 404, error(404)), [`refusal-differs ${AT}`]],
  ])('%s', (_, made, expected) => expect(judge(made)).toEqual(expected));

  it.each<[string, unknown, string]>([
    ['an empty conversation', conversation(7, []), 'invalid-request-accepted'],
    ['what somebody said', conversation(7, exchangeOf(7)), 'foreign-events-shown'],
  ])('of an unknown id, %s', (_, body, rule) => {
    const step = { ...read(conversation(1, [])).step, expect: { condition: 'unknown', statuses: [500] } };
    expect(judge({ step: { ...step, do: 'send' }, body })).toEqual([`${rule} #/responses/unknown/status`]);
  });

  it('with nothing in it is no access', () => {
    const listing = { ...found(page([])).step, expect: { condition: 'no-key', statuses: [401], denied: true } };
    expect(judge({ step: listing, body: page([]) })).toEqual(['invalid-request-accepted #/responses/no-key/status']);
  });
});
