import { describe, expect, it } from 'vitest';
import { readJsonLines } from '../../../scripts/workload/import/read-json-lines.ts';
import { readAll, refusal } from './files.ts';

const AT = Date.UTC(2026, 0, 31, 9, 30);
const ROW = { conversation: 'c1', timestamp: AT, role: 'user', text: 'hello' };
const HELLO = { conversation: 'c1', at: AT, role: 'user', chars: 5, text: 'hello' };

describe('a JSON Lines file', () => {
  it.each<[string, string]>([
    ['numbers', JSON.stringify(ROW)],
    ['a byte order mark, CRLF and empty lines', `\ufeff${JSON.stringify(ROW)}\r\n\r\n`],
    ['a time as text', JSON.stringify({ ...ROW, timestamp: '2026-01-31T09:30:00Z' })],
    ['another order', `{"text":"hello","role":"Visitor","timestamp":${AT},"conversation":"c1"}`],
  ])('with %s is read', async (_, content) => {
    expect((await readAll(readJsonLines, 'a.jsonl', content)).messages).toEqual([HELLO]);
  });

  it('may have numbers as ids', async () => {
    const content = JSON.stringify({ ...ROW, conversation: 17 });
    expect((await readAll(readJsonLines, 'a.jsonl', content)).messages[0]?.conversation).toBe('17');
  });

  const second = (value: object | string): string =>
    `${JSON.stringify(ROW)}\n${typeof value === 'string' ? value : JSON.stringify(value)}\n`;
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'a.jsonl:1: the file is empty'],
    ['a torn line', second('{"conversation":"c1","text":"Henri'), 'a.jsonl:2: is not valid JSON'],
    ['deep JSON', second(`{"text":${'['.repeat(100_000)}`), 'a.jsonl:2: is not valid JSON'],
    ['deep JSON that is valid', second({ ...ROW, text: [[[['Henrietta']]]] }), 'a.jsonl:2: text must be text'],
    ['no object', second('["Henrietta"]'), 'a.jsonl:2: is not a JSON object'],
    ['null', second('null'), 'a.jsonl:2: is not a JSON object'],
    [
      'an unknown property',
      second({ ...ROW, rolle: 'Henrietta' }),
      'a.jsonl:2: column rolle is unknown; did you mean role?',
    ],
    ['a missing role', second({ ...ROW, role: undefined }), 'a.jsonl:2: role is missing'],
    ['a null role', second({ ...ROW, role: null }), 'a.jsonl:2: role must be text'],
    ['an unknown role', second({ ...ROW, role: 'Henrietta' }), 'a.jsonl:2: role is unknown; known roles: user'],
    ['no time', second({ ...ROW, timestamp: null }), 'a.jsonl:2: timestamp must be text or a number'],
    ['microseconds', second({ ...ROW, timestamp: AT * 1000 }), 'a.jsonl:2: timestamp is not a time'],
    ['seconds and milliseconds', second({ ...ROW, timestamp: AT / 1000 }), 'that of line 1 in milliseconds'],
    ['an empty id', second({ ...ROW, conversation: '' }), 'a.jsonl:2: conversation must be an id'],
    ['NUL', second('\0'), 'a.jsonl:2: contains a NUL character'],
    ['a huge line', Buffer.alloc(4_100_000, '{"text":"'), 'a.jsonl:1: is longer than 4 MB'],
  ])('with %s is refused by its line', async (_, content, message) => {
    const said = await refusal(readJsonLines, 'a.jsonl', content);
    expect(said).toContain(message);
    expect(said).not.toContain('Henrietta');
  });
});
