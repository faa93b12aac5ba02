import { describe, expect, it } from 'vitest';
import { isPrivate } from '../../contracts/private-value.ts';

describe('a property that nobody documented', () => {
  it.each<[string, unknown]>([
    ['email', 'ann@example.com'],
    ['customerEmail', 'x'],
    ['phone_number', '0301234567'],
    ['contact', '+49 30 1234567'],
    ['author', 'ann@example.com'],
    ['apiKey', 'abc'],
    ['access-token', 'abc'],
    ['token', 'abc'],
    ['debug', { session: 'abc' }],
    ['agents', [{ name: 'A', password: 'b' }]],
    ['note', 'sk-abcdefghijklmnop1234'],
    ['note', 'paid by [e-mail]'],
    ['ann@example.com', true],
    ['[key]', 'x'],
    ['+49 30 1234567', { seen: 1 }],
    ['systemPrompt', 'You are kind.'],
    ['clientIp', '203.0.113.9'],
    ['ip', '203.0.113.9'],
    ['shippingAddress', 'Main St 1'],
    ['internalNotes', 'rude'],
    ['debug', { query: 'INSERT INTO events (id) VALUES ($1)' }],
    ['debug', 'at /app/src/main.ts:12:9'],
    ['upstream', 'db.prod.internal'],
  ])('%s: %j is private', (name, value) => expect(isPrivate(name, value)).toBe(true));

  it.each<[string, unknown]>([
    ['email', null],
    ['email', ''],
    ['emailVerified', true],
    ['totalTokens', 153],
    ['tokens', 99],
    ['nextPageToken', 'abc'],
    ['idempotencyKey', 'abc'],
    ['messageKey', 'greeting'],
    ['original', "Is '; DROP TABLE orders; -- a valid order number?"],
    ['zip', 'x'],
    ['description', 'x'],
    ['address', 'https://example.com'],
    ['model', 'gpt'],
    ['confidence', 0.9],
    ['traceId', '8a0b'],
    ['requestId', '203.0.113.9-1'],
    ['traceId', '4111111111111111'],
    ['path', '/v2/hc-interactions/public'],
    ['traceUrl', 'https://example.com/a'],
    ['emoji', ':)'],
    ['scores', [0.1, 0.2]],
  ])('%s: %j is not', (name, value) => expect(isPrivate(name, value)).toBe(false));
});
