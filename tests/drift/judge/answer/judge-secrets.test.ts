import { describe, expect, it } from 'vitest';
import { HIDDEN_KEY } from '../../../../contracts/redact.ts';
import { post } from '../../../../scripts/drift/plan/steps.ts';
import { exchangeOf, id, type Made, removal, turn } from '../../made-run.ts';
import { error, JSON_TYPE, judged } from './judged.ts';

const KEY_SHOWN = { exchange: { keyShown: true } } as const;
const LINK = `https://help.example.com/a?access_token=${HIDDEN_KEY}`;
const SIGNED = 'https://bucket.example.com/a.pdf?X-Amz-Signature=9f8e7d6c5b4a39281706&X-Amz-Date=20260131';

describe('an answer that shows a secret', () => {
  it.each<[string, Made, string[]]>([
    [
      'of a removal that shows a secret',
      removal(0, 'c', [{}, { body: { success: true, token: 'a7b9c1d3e5f7a9b1' } }])[1] as Made,
      ['private-property-added #/responses/known-conversation/body/token'],
    ],
    [
      'with a token in the address of an article',
      turn(
        1,
        exchangeOf(1, { reply: { usedArticles: [{ id: id('a', 1), title: 'x', documentUrl: LINK }] } }),
        KEY_SHOWN,
      ),
      ['secret-shown #/responses/200/body/*/usedArticles/*/documentUrl'],
    ],
    [
      'with a signed address of an article, which lets whoever has it in',
      turn(
        1,
        exchangeOf(1, { reply: { usedArticles: [{ id: id('a', 1), title: 'x', documentUrl: SIGNED }] } }),
        KEY_SHOWN,
      ),
      ['secret-shown #/responses/200/body/*/usedArticles/*/documentUrl'],
    ],
  ])('%s', (_, made, expected) => expect(judged(made)).toEqual(expected));
});

describe('an answer that shows a key of the check', () => {
  const shown = { exchange: { ownKeyShown: true } } as const;
  const at = (place: string): string => `api-key-exposed #/responses/${place}`;
  it.each<[string, Made, string[]]>([
    [
      'in a property',
      turn(
        1,
        exchangeOf(1).map((one) => ({ ...one, externalId: HIDDEN_KEY })),
        shown,
      ),
      [at('200/body/*/externalId')],
    ],
    [
      'in a header',
      turn(1, undefined, { ...shown, headers: { ...JSON_TYPE, server: HIDDEN_KEY } }),
      [at('200/headers/server')],
    ],
    ['in a refusal', refused(error(401, { message: `no ${HIDDEN_KEY}` }), 401), [at('401/body/message')]],
    [
      'in a page of a proxy',
      turn(1, undefined, { ...shown, status: 502, body: HIDDEN_KEY }),
      [at('502/body'), 'availability #/availability'],
    ],
    [
      'in a removal, which has no schema',
      { ...(removal(0, 'c', [{}, {}])[1] as Made), ...shown, body: { success: true, id: HIDDEN_KEY } },
      [at('200/body/id')],
    ],
    [
      'in what was lost',
      turn(1, undefined, { status: 0, exchange: { outcome: 'lost', ownKeyShown: true } }),
      ['api-key-exposed #/responses/0/answer'],
    ],
    ['in a reply', turn(1, exchangeOf(1, { reply: { message: HIDDEN_KEY } }), shown), [at('200/body/*/message')]],
  ])('%s', (_, made, expected) => expect(judged(made)).toEqual(expected));

  function refused(body: unknown, status: number): Made {
    return { step: post('A', '{}', { condition: 'no-key', statuses: [401] }), status, body, ...shown };
  }
});
