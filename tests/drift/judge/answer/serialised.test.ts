import { describe, expect, it } from 'vitest';
import { serialisedAt } from '../../../../scripts/drift/judge/answer/serialised.ts';

describe('a short text for people', () => {
  it.each([
    '{"statusCode":500,"message":"Failed"}',
    'Request failed: {"code": 13}',
    "{'code': 13, 'reason': 'no such bot'}",
    '{ code: 13 }',
    'ErrorResponse(code=13, reason=no such bot)',
    'BotError { code: 13, reason: "no such bot" }',
    '#<Fini::BotError: no such bot>',
    'rpc error: code = NotFound desc = no bot',
    'map[code:13]',
    '{:error, :not_found}',
    'Array ( [code] => 13 )',
    'a:1:{s:6:"reason";s:2:"no";}',
    '<p>Not found</p>',
    'code=13&reason=no+content',
    'VGhlIGNvbnRlbnQgaXMgbWlzc2luZy4=',
    '"The agent is not known."',
  ])('is written for programs: %s', (text) => expect(serialisedAt(text)).toBeGreaterThanOrEqual(0));

  it.each([
    'The content is missing.',
    'content must be a string; role must be one of user, agent',
    'Unexpected token } in JSON at position 12',
    'The agent "7f53" is not known (request 9c1d0c9e-3c0e-4a39-8b0f-2b8e8e6f4a02).',
    'Use `limit` <= 100 and > 0',
    'Die Anfrage konnte leider nicht verarbeitet werden: Inhalt fehlt.',
    'Track your order (all plans) => Settings',
    'Bad Request',
    'Error: not found',
  ])('is written for people: %s', (text) => expect(serialisedAt(text)).toBe(-1));
});
