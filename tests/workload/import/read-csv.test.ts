import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../scripts/workload/import/read-csv.ts';
import { readAll, refusal } from './files.ts';

const HEAD = 'conversation,timestamp,role,text';
const AT = Date.UTC(2026, 0, 31, 9, 30);
const HELLO = { conversation: 'c1', at: AT, role: 'user', chars: 5, text: 'hello' };

describe('a CSV file', () => {
  it.each<[string, string]>([
    ['commas', `${HEAD}\nc1,2026-01-31T09:30Z,user,hello\n`],
    ['no newline at the end', `${HEAD}\nc1,2026-01-31T09:30Z,user,hello`],
    ['a byte order mark, and CRLF', `\ufeff${HEAD}\r\nc1,2026-01-31T09:30Z,user,hello\r\n`],
    ['CR alone', `${HEAD}\rc1,2026-01-31T09:30Z,user,hello\r`],
    ['empty lines', `${HEAD}\n\nc1,2026-01-31T09:30Z,user,hello\n\n`],
    ['semicolons', `${HEAD.replaceAll(',', ';')}\nc1;2026-01-31T09:30Z;user;hello\n`],
    ['tabs', `${HEAD.replaceAll(',', '\t')}\nc1\t2026-01-31T09:30Z\tuser\thello\n`],
    ['bars', `${HEAD.replaceAll(',', '|')}\nc1|2026-01-31T09:30Z|user|hello\n`],
    ['quotes', `"conversation","timestamp","role","text"\n"c1","2026-01-31T09:30Z","user","hello"\n`],
    ['columns in another order and case', `Text,ROLE,timestamp,Conversation\nhello,user,2026-01-31T09:30Z,c1\n`],
    ['seconds, and a synonym', `${HEAD}\nc1,${AT / 1000},Customer,hello\n`],
  ])('with %s is read', async (_, content) => {
    expect((await readAll(readCsv, 'a.csv', content)).messages).toEqual([HELLO]);
  });

  it('has newlines, delimiters and quotes within quotes', async () => {
    const text = 'Where is it?\r\nIt, said "tomorrow".\n';
    const content = `${HEAD}\nc1,2026-01-31T09:30Z,user,"${text.replaceAll('"', '""')}"\n`;
    expect((await readAll(readCsv, 'a.csv', content)).messages).toEqual([{ ...HELLO, text, chars: text.length }]);
    expect((await readAll(readCsv, 'a.csv.gz', gzipSync(content))).messages[0]?.text).toBe(text);
  });

  const row = (line: string, head = HEAD): string => `${head}\nc1,2026-01-31T09:30Z,user,hello\n${line}\n`;
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'a.csv:1: the file is empty'],
    ['empty lines alone', '\n\n\n', 'a.csv:1: the file is empty'],
    [
      'an unknown column',
      row('', 'conversation,timestamp,role,txt'),
      'a.csv:1: column txt is unknown; did you mean text?',
    ],
    [
      'no header',
      'c1,2026-01-31T09:30Z,user,Hello Henrietta\n',
      'a.csv:1: column c1 is unknown; known columns: conversation',
    ],
    ['words as its header', 'Hello Henrietta,a,b,c\n', 'a.csv:1: column 1 is unknown; known columns: conversation'],
    ['a missing column', 'conversation,timestamp,text\n', 'a.csv:1: role is missing'],
    ['a column twice', `${HEAD},role\n`, 'a.csv:1: column role occurs twice'],
    ['a short line', row('c1,2026-01-31T09:31Z,user'), 'a.csv:3: does not have as many fields'],
    ['a long line', row('c1,2026-01-31T09:31Z,user,hello, Henrietta'), 'a.csv:3: does not have as many fields'],
    ['no role', row('c1,2026-01-31T09:31Z,,hello'), 'a.csv:3: role is empty'],
    [
      'an unknown role',
      row('c1,2026-01-31T09:31Z,custommer,hello'),
      'a.csv:3: role is unknown; did you mean customer?',
    ],
    ['no id', row(',2026-01-31T09:31Z,user,hello'), 'a.csv:3: conversation must be an id'],
    ['a local time', row('c1,2026-01-31T09:31,user,hello'), 'a.csv:3: timestamp has no time zone'],
    ['times in two ways', row(`c1,${AT},user,hello`), 'a.csv:3: timestamp is in milliseconds, that of line 2 ISO 8601'],
    ['an open quote', row('c1,2026-01-31T09:31Z,user,"hello\nc1,x'), 'a.csv:3: a quote is not closed'],
    ['a stray quote', row('c1,2026-01-31T09:31Z,user,say "hi"'), 'a.csv:3: a quote is in a field that does not start'],
    ['text after a quote', row('c1,2026-01-31T09:31Z,user,"hi" there'), 'a.csv:3: text follows a closing quote'],
    ['NUL', row('c1,2026-01-31T09:31Z,user,\0'), 'a.csv:3: contains a NUL character'],
    ['Latin-1', Buffer.from(row('c1,2026-01-31T09:31Z,user,f\xfcr'), 'latin1'), 'a.csv:3: is not UTF-8 text'],
    ['UTF-16', Buffer.from(`\ufeff${HEAD}\n`, 'utf16le'), 'a.csv:1: is UTF-16'],
  ])('with %s is refused by its line', async (_, content, message) => {
    const said = await refusal(readCsv, 'a.csv', content);
    expect(said).toContain(message);
    expect(said).not.toContain('Henrietta');
  });

  it('counts lines across quoted newlines and empty lines', async () => {
    const content = `${HEAD}\r\nc1,2026-01-31T09:30Z,user,"a\r\nb\r\n\r\nc"\r\n\r\nc1,2026-01-31T09:31Z,nobody,d\r\n`;
    expect(await refusal(readCsv, 'a.csv', content)).toContain('a.csv:7: role is unknown');
  });

  it('with a huge line, or a quote that runs on, ends before it is in memory', async () => {
    const huge = Buffer.alloc(4_100_000, 'x');
    const start = Buffer.from(`${HEAD}\nc1,2026-01-31T09:30Z,user,`);
    expect(await refusal(readCsv, 'a.csv', Buffer.concat([start, huge]))).toBe('a.csv:2: is longer than 4 MB');
    const quoted = `${HEAD}\nc1,2026-01-31T09:30Z,user,"${'Where is it?\n'.repeat(320_000)}`;
    expect(await refusal(readCsv, 'a.csv', quoted)).toContain('a.csv:2: is longer than 4 MB: is a quote not closed?');
  });

  it('whose gzip is truncated is refused', async () => {
    const packed = gzipSync(`${HEAD}\n${'c1,2026-01-31T09:30Z,user,hello\n'.repeat(1000)}`);
    expect(await refusal(readCsv, 'a.csv.gz', packed.subarray(0, packed.length / 2))).toContain('is truncated');
  });
});
