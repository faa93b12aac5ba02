import { describe, expect, it } from 'vitest';
import { type Made, turn } from '../../made-run.ts';
import { JSON_TYPE, judged } from './judged.ts';

describe('the headers of an answer', () => {
  it.each<[string, Made, string[]]>([
    [
      'with the announcement of its end',
      turn(1, undefined, {
        headers: { ...JSON_TYPE, deprecation: '@1770000000', sunset: 'Sat, 31 Oct 2026 23:59:59 GMT' },
      }),
      ['end-announced #/responses/*/headers/deprecation'],
    ],
    [
      'with a warning of the service',
      turn(1, undefined, { headers: { ...JSON_TYPE, warning: '299 - "v2 is old"' } }),
      ['end-announced #/responses/*/headers/warning'],
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
      'with a cookie of a balancer',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'set-cookie': '[cookie] AWSALB AWSALBCORS' } }),
      [],
    ],
    [
      'with a cookie that is named after a key',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'set-cookie': '[cookie] fini_api_key' } }),
      ['private-header-added #/responses/*/headers/set-cookie'],
    ],
    [
      'with headers of a proxy',
      turn(1, undefined, { headers: { ...JSON_TYPE, via: '1.1', 'cf-ray': '1', etag: '"a"' } }),
      [],
    ],
  ])('%s', (_, made, expected) => expect(judged(made)).toEqual(expected));
});

describe('an answer', () => {
  it.each<[string, Made, string[]]>([
    [
      'of a cache',
      turn(1, undefined, { headers: { ...JSON_TYPE, age: '3' } }),
      ['answer-cached #/responses/*/headers/age'],
    ],
    [
      'of a cache, whose word is more than its count',
      turn(1, undefined, { headers: { ...JSON_TYPE, age: '4', 'x-cache-hits': '1', 'x-cache': 'HIT' } }),
      ['answer-cached #/responses/*/headers/x-cache'],
    ],
    ...[
      ['x-nextjs-cache', 'HIT'],
      ['x-litespeed-cache', 'hit'],
      ['cf-cache-status', 'REVALIDATED'],
      ['cache-status', 'edge; fwd=stale; hit'],
      ['server-timing', 'cdn-cache; desc=HIT, edge; dur=1'],
      ['x-cache-hits', '0, 2'],
      ['x-varnish', '32773 32766'],
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
      'that any cache may store',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'cache-control': 'public, max-age=600' } }),
      ['answer-cached #/responses/*/headers/cache-control'],
    ],
    [
      'that no cache stores',
      turn(1, undefined, { headers: { ...JSON_TYPE, 'cache-control': 'no-store, public' } }),
      [],
    ],
  ])('%s', (_, made, expected) => expect(judged(made)).toEqual(expected));
});
