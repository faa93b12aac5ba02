import { describe, expect, it } from 'vitest';
import { HIDDEN_KEY } from '../../../../contracts/redact.ts';
import { judgeExchange } from '../../../../scripts/drift/judge/answer/judge-exchange.ts';
import { post } from '../../../../scripts/drift/plan/steps.ts';
import type { Probe } from '../../../../scripts/drift/sighting.ts';
import {
  conversation,
  exchangeOf,
  found,
  id,
  lines,
  type Made,
  madeRun,
  page,
  read,
  removal,
  turn,
} from '../../made-run.ts';

const judge = (made: Made): string[] => lines(judgeExchange(madeRun([[made]]).probes[0] as Probe));
/** What text makes of a body that is still compressed. */
const CODED = '\u001f\uFFFD\b';
const UNDECODED = { outcome: 'lost', errorCode: 1701 } as const;
const JSON_TYPE = { 'content-type': 'application/json' };
const KEY_SHOWN = { exchange: { keyShown: true } } as const;
const LINK = `https://help.example.com/a?access_token=${HIDDEN_KEY}`;
const SIGNED = 'https://bucket.example.com/a.pdf?X-Amz-Signature=9f8e7d6c5b4a39281706&X-Amz-Date=20260131';
const error = (status: number, more = {}) => ({ statusCode: status, message: 'No.', error: 'Error', ...more });

describe('the answer to a request that should succeed', () => {
  it.each<[string, Made, string[]]>([
    ['as documented', turn(1), []],
    [
      'refused',
      turn(1, undefined, { status: 403, body: error(403) }),
      ['valid-request-refused #/responses/valid-user-turn/status'],
    ],
    ['created', turn(1, undefined, { status: 201 }), ['success-status-changed #/responses/valid-user-turn/status']],
    ['a teapot', turn(1, undefined, { status: 418 }), ['undocumented-status #/responses/valid-user-turn/status']],
    ['away', turn(1, undefined, { status: 503 }), ['availability #/availability']],
    [
      'too late',
      turn(1, undefined, { status: 0, exchange: { outcome: 'timed-out' } }),
      ['availability #/availability'],
    ],
    ['one too many', turn(1, undefined, { status: 429 }), ['undocumented-status #/responses/valid-user-turn/status']],
    ['too long', turn(1, undefined, { status: 413 }), []],
    ['lost', turn(1, undefined, { status: 0, exchange: { outcome: 'lost' } }), []],
    [
      'lost, for what shows a key of the check',
      turn(1, undefined, { status: 0, exchange: { outcome: 'lost', ownKeyShown: true } }),
      ['api-key-exposed #/responses/0/answer'],
    ],
    [
      'with the announcement of its end',
      turn(1, undefined, {
        headers: { ...JSON_TYPE, deprecation: '@1770000000', sunset: 'Sat, 31 Oct 2026 23:59:59 GMT' },
      }),
      ['end-announced #/responses/*/headers/deprecation'],
    ],
    [
      'of a cache',
      turn(1, undefined, { headers: { ...JSON_TYPE, age: '3' } }),
      ['answer-cached #/responses/*/headers/age'],
    ],
    ...[
      ['x-nextjs-cache', 'HIT'],
      ['x-litespeed-cache', 'hit'],
      ['cf-cache-status', 'REVALIDATED'],
      ['cache-status', 'edge; fwd=stale; hit'],
      ['server-timing', 'cdn-cache; desc=HIT, edge; dur=1'],
      ['x-cache-hits', '0, 2'],
    ].map(([name = '', value = '']): [string, ReturnType<typeof turn>, string[]] => [
      `from the cache of ${name}`,
      turn(1, undefined, { headers: { ...JSON_TYPE, [name]: value } }),
      [`answer-cached #/responses/*/headers/${name}`],
    ]),
    ...[
      ['cache-status', 'edge; fwd=miss'],
      ['server-timing', 'cdn-cache; desc=MISS, edge; dur=1'],
      ['cdn-cache-control', 'max-age=60, stale-while-revalidate=30'],
    ].map(([name = '', value = '']): [string, ReturnType<typeof turn>, string[]] => [
      `past the cache of ${name}`,
      turn(1, undefined, { headers: { ...JSON_TYPE, [name]: value } }),
      name.startsWith('cdn') ? ['response-header-added #/responses/*/headers/cdn-cache-control'] : [],
    ]),
    ['past a cache', turn(1, undefined, { headers: { ...JSON_TYPE, age: '0', 'x-cache': 'MISS' } }), []],
    [
      'a page',
      found(page([]), { body: { interactions: [], nextCursor: null, prevCursor: null } }),
      ['response-required-property-removed #/responses/200/body/hasMore'],
    ],
    ['a conversation', read(conversation(1, []), { body: null }), ['response-body-type-changed #/responses/200/body']],
    [
      'with an error under 200',
      removal(0, 'c', [{}, { body: error(500) }])[1] as Made,
      ['error-with-success-status #/responses/known-conversation/status'],
    ],
    [
      'of a removal that says nothing',
      removal(0, 'c', [{}, { body: {} }])[1] as Made,
      ['removal-unconfirmed #/responses/known-conversation/body/success'],
    ],
    [
      'of a removal that failed',
      removal(0, 'c', [{}, { body: { success: false } }])[1] as Made,
      ['removal-unconfirmed #/responses/known-conversation/body/success'],
    ],
    [
      'of a removal that says more',
      removal(0, 'c', [{}, { body: { success: true, ids: [] } }])[1] as Made,
      ['response-property-added #/responses/known-conversation/body/ids'],
    ],
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
    [
      'with a warning of the service',
      turn(1, undefined, { headers: { ...JSON_TYPE, warning: '299 - "v2 is old"' } }),
      ['end-announced #/responses/*/headers/warning'],
    ],
    [
      'that any cache may store',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'cache-control': 'public, max-age=600' } }),
      ['answer-cached #/responses/*/headers/cache-control'],
    ],
    [
      'that no cache stores',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'cache-control': 'no-store, public' } }),
      [],
    ],
    [
      'one too many, with another body',
      turn(1, undefined, { status: 429, body: null }),
      ['undocumented-status #/responses/valid-user-turn/status'],
    ],
    [
      'that cannot be decompressed',
      turn(1, undefined, { status: 0, exchange: { outcome: 'lost', errorCode: 1701 } }),
      ['answer-undecodable #/responses/valid-user-turn/body'],
    ],
    [
      'that takes more memory to decompress than k6 has',
      turn(1, undefined, { status: 0, exchange: { ...UNDECODED, error: 'window size exceeded' } }),
      ['answer-undecodable #/responses/valid-user-turn/body'],
    ],
    ...['zlib: invalid header', 'gzip: invalid header', 'gzip: invalid checksum', 'magic number mismatch'].map(
      (error): [string, Made, string[]] => [
        `that is not in the coding that it names, ${error}`,
        turn(1, undefined, { status: 0, exchange: { ...UNDECODED, error } }),
        ['content-encoding-broken #/responses/valid-user-turn/body'],
      ],
    ),
    [
      'in a legal coding that k6 cannot decode',
      turn(1, undefined, { body: CODED, headers: { ...JSON_TYPE, 'content-encoding': 'GZIP' } }),
      ['content-encoding-unread #/responses/valid-user-turn/headers/content-encoding'],
    ],
    [
      'in another coding than it says',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'content-encoding': 'x-gzip' } }),
      ['content-encoding-broken #/responses/200/headers/content-encoding'],
    ],
    [
      'with a header that nobody knows',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'x-fini-plan': 'gold' } }),
      ['response-header-added #/responses/*/headers/x-fini-plan'],
    ],
    [
      'with headers that an id tells apart',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'x-node-48151623': '1', 'x-node-48151624': '1' } }),
      ['response-header-added #/responses/*/headers/x-node-*'],
    ],
    [
      'with a query in a header of HTTP',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'server-timing': 'db;desc="SELECT id FROM bots"' } }),
      ['private-header-added #/responses/*/headers/server-timing'],
    ],
    [
      'with a query in a header of its own',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'x-debug': 'SELECT id FROM bots' } }),
      ['private-header-added #/responses/*/headers/x-debug'],
    ],
    [
      'with a number in a header that could be that of a card',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'x-trace': '4111111111111111' } }),
      ['response-header-added #/responses/*/headers/x-trace'],
    ],
    ['past an inner proxy', turn(1, undefined, { headers: { ...JSON_TYPE, via: '1.1 edge-1.prod.internal' } }), []],
    [
      'with a header that holds a key of another service',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'x-upstream': 'Bearer [key]' } }),
      ['private-header-added #/responses/*/headers/x-upstream'],
    ],
    [
      'with a header that says who the customer is',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'x-customer': '[e-mail]' } }),
      ['private-header-added #/responses/*/headers/x-customer'],
    ],
    [
      'with a cookie of a session',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'set-cookie': '[cookie]' } }),
      ['response-header-added #/responses/*/headers/set-cookie'],
    ],
    [
      'with headers of a proxy',
      turn(1, undefined, { headers: { ...JSON_TYPE, via: '1.1', 'cf-ray': '1', etag: '"a"' } }),
      [],
    ],
    [
      'with a property that nobody knows',
      turn(
        1,
        exchangeOf(1).map((one) => ({ ...one, model: 'x' })),
      ),
      ['response-property-added #/responses/200/body/*/model'],
    ],
  ])('%s', (_, made, expected) => expect(judge(made)).toEqual(expected));
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
    ['in a reply', turn(1, exchangeOf(1, { reply: { message: HIDDEN_KEY } }), shown), [at('200/body/*/message')]],
  ])('%s', (_, made, expected) => expect(judge(made)).toEqual(expected));

  function refused(body: unknown, status: number): Made {
    return { step: post('A', '{}', { condition: 'no-key', statuses: [401] }), status, body, ...shown };
  }
});
