import { describe, expect, it } from 'vitest';
import { isUndecodable, outcomeOf } from '../../scenarios/lanes/outcome.ts';

/** Status, k6's error code and text, and the outcome. */
const CASES: readonly (readonly [what: string, status: number, code: number, error: string, outcome: string])[] = [
  ['an answer', 200, 0, '', 'answered'],
  ['an error answer', 500, 1500, '', 'answered'],
  ['an answer that broke off after its status', 200, 1000, 'unexpected EOF', 'answered'],
  ['a timeout', 0, 1050, 'request timeout', 'timed-out'],
  ['a cancelled request', 0, 1000, 'Post "http://x": context canceled', 'cut'],
  ['another generic error', 0, 1000, 'unexpected EOF', 'lost'],
  ['a reset connection', 0, 1220, 'connection reset by peer', 'lost'],
  ['an HTTP/2 stream error', 0, 1600, 'stream error', 'lost'],
  ['a body that cannot be decoded', 0, 1701, 'gzip: invalid header', 'lost'],
  ['a URL that is none', 0, 1020, 'invalid URL', 'unsent'],
  ['a blacklisted address', 0, 1010, '', 'unsent'],
  ['a failed name look-up', 0, 1101, 'lookup: no such host', 'unsent'],
  ['the last code of names', 0, 1199, '', 'unsent'],
  ['a TCP error that is no dial', 0, 1200, '', 'lost'],
  ['a failed dial', 0, 1210, '', 'unsent'],
  ['a refused connection', 0, 1212, 'connection refused', 'unsent'],
  ['no descriptors', 0, 1213, 'too many open files', 'unsent'],
  ['a TLS error', 0, 1310, 'x509: unknown authority', 'unsent'],
];

describe('outcomeOf', () => {
  it.each(CASES)('%s', (_, status, code, error, outcome) => expect(outcomeOf(status, code, error)).toBe(outcome));

  it('knows the code of a body that cannot be decoded', () => {
    expect([1701, 1700, 0].map(isUndecodable)).toEqual([true, false, false]);
  });
});
