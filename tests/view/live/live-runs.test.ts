import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unredacted } from '../../../scripts/foundation/guard.ts';
import { runFolder } from '../../../scripts/ledger/run-folder.ts';
import { mergeRunners } from '../../../scripts/run/runners/merge-ledgers.ts';
import { type LiveRuns, liveRuns } from '../../../scripts/view/live/live-runs.ts';
import { runLedgers } from '../../../scripts/view/runs/run-ledgers.ts';

let root: string;
let live: LiveRuns;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'fini-harness-live-runs-'));
  live = liveRuns();
});
afterAll(async () => {
  await live.close();
  rmSync(root, { recursive: true });
});

const sent = (conversation: number): string =>
  `${JSON.stringify({ kind: 'sent', conversation, turn: 0, attempt: 0, lane: 0, role: 'user', intendedAt: 1, sentAt: 1 })}\n`;

it('follows each runner of a run as it comes, and their one ledger when they are merged, each turn once', async () => {
  const run = join(root, 'run');
  const folder = runFolder(run);
  mkdirSync(run);
  writeFileSync(folder.ledger, '');
  expect((await live.read(run)).sent).toBe(0);
  const ledgers = ['1', '2'].map((runner) => join(run, 'runners', runner, 'turns.ndjson'));
  for (const [index, ledger] of ledgers.entries()) {
    mkdirSync(join(ledger, '..'), { recursive: true });
    writeFileSync(ledger, sent(index));
    expect((await live.read(run)).sent).toBe(index + 1);
  }
  appendFileSync(ledgers[0] ?? '', sent(2));
  expect((await live.read(run)).sent).toBe(3);
  await mergeRunners(folder, unredacted);
  expect(await runLedgers(run)).toEqual([folder.ledger]);
  expect((await live.read(run)).sent).toBe(3);
});

it('follows no link among the runners', async () => {
  const [run, other] = [join(root, 'linked'), join(root, 'other')];
  for (const path of [join(run, 'runners', '1'), join(run, 'runners', '2'), other])
    mkdirSync(path, { recursive: true });
  writeFileSync(join(other, 'turns.ndjson'), sent(1));
  symlinkSync(join(other, 'turns.ndjson'), join(run, 'runners', '1', 'turns.ndjson'));
  symlinkSync(other, join(run, 'runners', '3'));
  writeFileSync(join(run, 'runners', '2', 'turns.ndjson'), '');
  expect(await runLedgers(run)).toEqual([join(run, 'runners', '2', 'turns.ndjson')]);
  rmSync(join(run, 'runners'), { recursive: true });
  symlinkSync(root, join(run, 'runners'));
  expect(await runLedgers(run)).toEqual([]);
});
