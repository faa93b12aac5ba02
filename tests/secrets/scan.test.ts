import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactor, redactStrings } from '../../contracts/redact.ts';
import { openDatabase, text } from '../../scripts/ledger/database.ts';
import { allForms, commonForms } from '../../scripts/secrets/forms.ts';
import { newGuard } from '../../scripts/secrets/guard.ts';
import { inspectorOf } from '../../scripts/secrets/inspector.ts';
import { scanFolder } from '../../scripts/secrets/scan.ts';
import { scratch } from '../cli/scratch.ts';

const KEY = 'fini_c4nary+Q2/x9Zk=pL0vT7"w\\s3Rf';
const guard = newGuard({ FINI_API_KEY: KEY });
guard.protectPersonal({ values: ['Grace Okafor'], patterns: ['\\+49[ \\d]{6,}'], fields: [] });

/** A folder with these files, as bytes. */
function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = scratch();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const noise = (length: number): string => '{"kind":"sent","at":1700000000000}\n'.repeat(Math.ceil(length / 35));
const base64Of = (around: string): string => Buffer.from(around).toString('base64');

const WRITTEN: [string, string, string][] = [
  ['as it is', KEY, 'plain'],
  ['in JSON', JSON.stringify({ key: KEY }), 'JSON-escaped'],
  ['in JSON in JSON', JSON.stringify(JSON.stringify({ key: KEY })), 'JSON-escaped twice'],
  ['in a URL', `https://a.example/?key=${encodeURIComponent(KEY)}`, 'URL-encoded'],
  ['with every byte URL-encoded', Buffer.from(KEY).toString('hex').replace(/../g, '%$&'), 'URL-encoded'],
  ['in HTML', KEY.replaceAll('"', '&quot;'), 'HTML-escaped'],
  ['in hexadecimal', Buffer.from(KEY).toString('hex').toUpperCase(), 'hexadecimal'],
  ['as \\u escapes', Buffer.from(KEY).toString('hex').replace(/../g, '\\u00$&'), 'JSON-escaped'],
  ['in basic authorisation', `Basic ${base64Of(`user:${KEY}`)}`, 'base64'],
  ['in base64 at the second byte', base64Of(`x${KEY}yz`), 'base64'],
  ['in base64 at the third byte', base64Of(`xy${KEY}`), 'base64'],
  ['in base64url', Buffer.from(`~?${KEY}`).toString('base64url'), 'base64'],
  ['broken over two lines', `${KEY.slice(0, 10)}\n  ${KEY.slice(10)}`, 'plain'],
  ['broken late', `${KEY.slice(0, 25)}\\n${KEY.slice(25)}`, 'plain'],
  ['in base64, broken over two lines', base64Of(KEY).replace(/.{30}/, '$&\r\n'), 'base64'],
  ['cut off', KEY.slice(0, -5), 'plain'],
  ['without its last character, in an error', `bad token ${KEY.slice(0, -1)}!`, 'plain'],
];

describe('scanFolder', () => {
  it.each(WRITTEN)('finds the key %s', async (_, written, form) => {
    const folder = folderWith({ 'a/turns.ndjson': `${noise(500)}before ${written} after\n${noise(100)}` });
    const leaks = await scanFolder(folder, guard);
    expect(leaks.map(({ what }) => what)).toContain(`FINI_API_KEY, ${form}`);
    expect(leaks[0]?.file).toBe('a/turns.ndjson');
    // Of a key that is broken late or early, the longer part shows.
    expect([16, 17]).toContain(leaks[0]?.line);
    expect(JSON.stringify(leaks)).not.toContain('c4nary');
  });

  it('finds the key over the seam of two parts, and in packed files', async () => {
    const part = 4 << 20;
    const seam = Buffer.concat([Buffer.alloc(part - 11, 0x20), Buffer.from(KEY), Buffer.alloc(100, 0x20)]);
    const packed = gzipSync(`${noise(1_000)}${KEY}\n`);
    const folder = folderWith({
      seam,
      'turns.ndjson.gz': packed,
      'torn.gz': packed.subarray(0, packed.length - 9),
      'lie.gz': KEY,
      'lie.parquet': KEY,
    });
    const leaks = await scanFolder(folder, guard);
    expect(leaks.filter(({ what }) => what.endsWith('plain')).map(({ file }) => file)).toEqual([
      'lie.gz',
      'lie.parquet',
      'seam',
      'torn.gz',
      'turns.ndjson.gz',
    ]);
    expect(leaks.find(({ file }) => file === 'turns.ndjson.gz')?.line).toBe(30);
  });

  it.each([
    ['in a list', `[{'v': CASE WHEN range = 7000 THEN ${text(KEY)} ELSE 'x' END}] AS violations`],
    ['in a word of few rows', `CASE WHEN range < 7000 THEN 'x' ELSE ${text(KEY)} END AS role`],
    ['in a list of lists', `[[CASE WHEN range = 7000 THEN ${text(KEY)} END]] AS lists`],
    [
      'in a list of structures with lists',
      `[{'n': 1, 'v': ['x', CASE WHEN range = 7000 THEN ${text(KEY)} END]}] AS events`,
    ],
    ['in a map', `MAP {'v': CASE WHEN range = 7000 THEN ${text(KEY)} END} AS map`],
    ['in the name of a field', `[{'${KEY.replaceAll("'", "''")}': range}] AS events`],
    ['in a structure', `CASE WHEN range = 7000 THEN {'v': ${text(KEY)}} END AS observed`],
    ['in the name of a column', `range AS "${KEY.replaceAll('"', '""')}"`],
  ])('finds the key in compressed Parquet: %s', async (_, column) => {
    const folder = scratch();
    const database = await openDatabase();
    const rows = `SELECT range AS n, ${column} FROM range(9000)`;
    await database.run(`COPY (${rows}) TO ${text(join(folder, 'turns.parquet'))} (FORMAT parquet, COMPRESSION zstd)`);
    await database.close();
    const leaks = await scanFolder(folder, guard);
    expect(leaks[0]).toMatchObject({ file: 'turns.parquet', line: null });
    expect(leaks[0]?.what).toMatch(/^FINI_API_KEY/);
  });

  it.each([
    ['a value', 'for Grace Okafor', 'a value of personalData'],
    ['a value in a URL', 'q=Grace%20Okafor', 'a value of personalData'],
    ['a pattern', '{"phone":"+49 170 1234567"}', 'a pattern of personalData'],
    ['an e-mail address', '{"by":"someone@mail.example"}', 'an e-mail address'],
  ])('finds %s of personal data', async (_, written, what) => {
    const leaks = await scanFolder(folderWith({ 'turns.ndjson': `${noise(100)}${written}\n` }), guard);
    expect(leaks).toEqual([{ file: 'turns.ndjson', line: 4, what }]);
  });

  it('takes no number of Parquet for what a pattern means', async () => {
    const numbers = newGuard();
    numbers.protectPersonal({ patterns: ['\\d{10,}'] });
    const folder = scratch();
    const database = await openDatabase();
    const rows = `SELECT 1700000000000 AS n, [{'id': 'x', 'createdAt': 1700000000000}] AS events`;
    await database.run(`COPY (${rows}) TO ${text(join(folder, 'turns.parquet'))} (FORMAT parquet)`);
    await database.close();
    expect(await scanFolder(folder, numbers)).toEqual([]);
  });

  it('takes no number of JSON for what a pattern means', async () => {
    const numbers = newGuard();
    numbers.protectPersonal({ patterns: ['\\d{10,}'] });
    const files = { 'turns.ndjson': noise(100), 'result.json': '{"at":\n1700000000000}', 'report.md': 'no such thing' };
    expect(await scanFolder(folderWith(files), numbers)).toEqual([]);
    expect(await scanFolder(folderWith({ 'turns.ndjson': '{"phone":"1700000000000"}' }), numbers)).toHaveLength(1);
  });

  it('finds nothing in a clean folder', async () => {
    const clean = `${noise(1_000)}[key] [personal] [e-mail] @media @types/k6 k6@1.8 \\n@x.yz`;
    expect(await scanFolder(folderWith({ 'turns.ndjson': clean, 'report.html': clean }), guard)).toEqual([]);
  });
});

describe('redaction', () => {
  it('leaves nothing of the common forms that the search would find', () => {
    const key = fc
      .string({ unit: 'grapheme-ascii', minLength: 16, maxLength: 48 })
      .filter((text) => text.trim().length > 15);
    fc.assert(
      fc.property(key, fc.nat(), fc.string(), fc.string(), (secret, pick, before, after) => {
        const own = newGuard({ FINI_API_KEY: secret });
        const forms = commonForms(secret.trim());
        const form = forms[pick % forms.length]?.text ?? '';
        const inspection = inspectorOf(own)();
        inspection.add(Buffer.from(own.redact(`${before}${form}${after}`)));
        const left = inspection.end().filter(({ what }) => what.startsWith('FINI_API_KEY'));
        // What stands around the key may repeat a part of it.
        const around = inspectorOf(own)();
        around.add(Buffer.from(`${before}[key]${after}`));
        if (around.end().length === 0) expect(left).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('changes texts of JSON only, and keeps it JSON', () => {
    const redact = redactor({ ...guard.forbidden(), patterns: ['\\d{4,}'] });
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.nat(), (value, number) => {
        const mixed = { value, number: 10_000 + number, list: [KEY, null, true, `${12_345} and ${KEY}`] };
        const safe = redactStrings(mixed, redact) as typeof mixed;
        expect(JSON.parse(JSON.stringify(safe))).toMatchObject({
          number: 10_000 + number,
          list: ['[key]', null, true, '[personal] and [key]'],
        });
      }),
    );
  });

  it('looks for more forms than it takes out, and for all of those', () => {
    const names = (forms: readonly { text: string }[]): string[] => forms.map(({ text }) => text);
    expect(names(allForms(KEY))).toEqual(expect.arrayContaining(names(commonForms(KEY))));
  });
});
