import { describe, expect, it } from 'vitest';
import { conversation, exchangeOf, found, type Made, page, read, removal, turn } from '../../made-run.ts';
import { error, JSON_TYPE, judged } from './judged.ts';

/** What text makes of a body that is still compressed. */
const CODED = '\u001f\uFFFD\b';
const UNDECODED = { outcome: 'lost', errorCode: 1701 } as const;

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
      'one too many, with another body',
      turn(1, undefined, { status: 429, body: null }),
      ['undocumented-status #/responses/valid-user-turn/status'],
    ],
    [
      'with a property that nobody knows',
      turn(
        1,
        exchangeOf(1).map((one) => ({ ...one, model: 'x' })),
      ),
      ['response-property-added #/responses/200/body/*/model'],
    ],
  ])('%s', (_, made, expected) => expect(judged(made)).toEqual(expected));
});

describe('an answer that cannot be read', () => {
  it.each<[string, Made, string[]]>([
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
  ])('%s', (_, made, expected) => expect(judged(made)).toEqual(expected));
});
