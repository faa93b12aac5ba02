import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OptionsError, readLatencies } from '../../scripts/reference-server/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latencies-'));
});
afterAll(() => rm(folder, { recursive: true }));

const settled = (durationMs: number, role: string, status = 200, outcome = 'answered') =>
  JSON.stringify({ kind: 'settled', outcome, status, durationMs, events: [{ role: 'user' }, { role }] });

it.each([
  ['an array', 'a.json', '[120, 80.5, "x", -1]', [120, 80.5]],
  [
    'the answered user turns of a ledger',
    'turns.ndjson',
    [
      '{"kind":"sent"}',
      settled(300, 'finibot'),
      settled(2, 'agent'),
      settled(9, 'finibot', 500),
      settled(60_000, 'finibot', 0, 'timed-out'),
      settled(250.25, 'finibot'),
      '{"kind":"settl',
    ].join('\n'),
    [300, 250.25],
  ],
])('reads %s', async (_, name, text, expected) => {
  const file = join(folder, name);
  await writeFile(file, text);
  expect(await readLatencies(file)).toEqual(expected);
});

it.each([
  ['empty.json', '[]'],
  ['object.json', '{}'],
  ['empty.ndjson', '{"kind":"sent"}\n'],
])('refuses %s, which has none', async (name, text) => {
  const file = join(folder, name);
  await writeFile(file, text);
  await expect(readLatencies(file)).rejects.toThrow(OptionsError);
});
