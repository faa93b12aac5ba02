import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runFolder } from '../../../scripts/ledger/run-folder.ts';
import { separateTexts } from '../../../scripts/ledger/separate-texts.ts';
import { textsOf } from '../../../scripts/view/turns/turn-texts.ts';
import { plan as planOf } from '../../analysis/made-run.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'fini-harness-turn-texts-'));
});
afterAll(() => rm(root, { recursive: true }));

it('are those of one conversation, by turn, from the ledger until they are moved', async () => {
  const folder = runFolder(root);
  await writeFile(folder.plan, JSON.stringify(planOf([])));
  const line = (conversation: number, more: object): string =>
    `${JSON.stringify({ kind: 'texts', conversation, turn: 1, attempt: 0, lane: 0, at: 1, request: { a: 'é' }, ...more })}\n`;
  await appendFile(
    folder.ledger,
    `${line(4, { answer: '<b>' })}${line(41, {})}${line(5, {})}${line(5, {}).slice(0, 60)}`,
  );
  expect((await textsOf(folder.path, 4)).size).toBe(0);
  const plan = planOf([], { keepTexts: 0.5 });
  await writeFile(folder.plan, JSON.stringify(plan));
  const request = '{\n  "a": "é"\n}';
  for (const _ of ['in the ledger', 'moved']) {
    expect(await textsOf(folder.path, 4)).toEqual(new Map([['4/1/0', { request, answer: '<b>' }]]));
    expect(await textsOf(folder.path, 5)).toEqual(new Map([['5/1/0', { request, answer: null }]]));
    expect((await textsOf(folder.path, 6)).size).toBe(0);
    await separateTexts(folder, plan);
  }
  expect(await readFile(folder.ledger, 'utf8')).not.toContain('"texts"');
});
