import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunFolder, runFolder } from '../../scripts/ledger/run-folder.ts';
import { separateTexts } from '../../scripts/ledger/separate-texts.ts';

const keys = { conversation: 4, turn: 1, attempt: 0, lane: 0, at: 1 };
const TEXTS = JSON.stringify({ kind: 'texts', ...keys, request: { content: 'é' }, answer: '<b>' });
const FAULT = JSON.stringify({ kind: 'fault', lane: 0, at: 1, message: TEXTS });
const END = JSON.stringify({ kind: 'lane-end', lane: 0, at: 1, conversations: 1, sent: 1, settled: 1, unkeptTexts: 3 });
const plan = { keepTexts: 0.5 };

let folder: RunFolder;
beforeEach(async () => {
  folder = runFolder(await mkdtemp(join(tmpdir(), 'fini-harness-texts-test-')));
});
afterEach(() => rm(folder.path, { recursive: true }));

const contents = (): Promise<string[]> =>
  Promise.all([folder.texts, folder.ledger].map((path) => readFile(path, 'utf8')));

describe('texts in a ledger', () => {
  it('move to a file that only its owner reads; a torn line of them leaves none in the ledger', async () => {
    const torn = TEXTS.slice(0, 90);
    await writeFile(folder.ledger, `${FAULT}\n${TEXTS}\nk6 says this\n${END}\n${torn}`);
    expect(await separateTexts(folder, plan)).toEqual({ kept: 2, unkept: 3 });
    expect(await contents()).toEqual([`${TEXTS}\n${torn}`, `${FAULT}\nk6 says this\n${END}\n`]);
    expect((await stat(folder.texts)).mode & 0o777).toBe(0o600);
    expect((await stat(folder.ledger)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder.path)).sort()).toEqual(['.texts.ndjson', 'turns.ndjson']);
  });

  it('are moved once: what was moved before stays', async () => {
    await writeFile(folder.ledger, `${TEXTS}\n${END}\n`);
    await separateTexts(folder, plan);
    const once = await contents();
    expect(await separateTexts(folder, plan)).toEqual({ kept: 0, unkept: 3 });
    expect(await contents()).toEqual(once);
  });

  it('are not looked for where the plan keeps none, or there is no ledger', async () => {
    expect(await separateTexts(folder, plan)).toEqual({ kept: 0, unkept: 0 });
    await writeFile(folder.ledger, `${TEXTS}\n`);
    expect(await separateTexts(folder, {})).toEqual({ kept: 0, unkept: 0 });
    expect(existsSync(folder.texts)).toBe(false);
  });
});
