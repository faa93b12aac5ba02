import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Result } from '../../contracts/generated/result.ts';
import { ledgerTail } from '../../scripts/ledger/ledger-tail.ts';
import { packLedger } from '../../scripts/ledger/pack-ledger.ts';
import { runFolder } from '../../scripts/ledger/run-folder.ts';
import { main } from '../../scripts/main.ts';
import { liveRuns } from '../../scripts/view/live/live-runs.ts';
import { laneLines, plan, spread } from '../analysis/made-run.ts';
import { scratch } from '../cli/scratch.ts';
import { recordedIo } from '../io.ts';

const LINES = laneLines(
  spread(100, (conversation) => ({ conversation })),
  0,
);
const LEDGER = LINES.map((line) => `${JSON.stringify(line)}\n`).join('');

it('a packed ledger holds the same, and gives the same report, and the same counts in view', async () => {
  const cwd = scratch({
    'run/run.json': plan([{ metric: 'errors.share', op: '<=', limit: 0.01 }]),
    'run/turns.ndjson': LEDGER,
  });
  const folder = runFolder(join(cwd, 'run'));
  const reported = async (): Promise<Result> => {
    await main(['report', 'run'], recordedIo({ cwd }));
    return JSON.parse(readFileSync(folder.result, 'utf8')) as Result;
  };
  const viewed = async (): Promise<number> => {
    const live = liveRuns();
    const { settled } = await live.read(folder.path);
    await live.close();
    return settled;
  };
  const [plain, seen] = [await reported(), await viewed()];
  await packLedger(folder);
  expect(existsSync(folder.ledger)).toBe(false);
  expect(gunzipSync(readFileSync(`${folder.ledger}.gz`)).toString()).toBe(LEDGER);
  expect(statSync(`${folder.ledger}.gz`).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(await reported()).toEqual(plain);
  expect([seen, await viewed()]).toEqual([100, 100]);
});

it('a packed ledger is followed once, since it does not grow', async () => {
  const cwd = scratch({ 'turns.ndjson': LEDGER });
  const folder = runFolder(cwd);
  await packLedger(folder);
  let lines = 0;
  const tail = ledgerTail(`${folder.ledger}.gz`, () => {
    lines += 1;
  });
  await tail.read();
  await tail.read();
  await tail.close();
  expect(lines).toBe(LINES.length);
});

it('a ledger that cannot be packed stays', async () => {
  const cwd = scratch({ 'turns.ndjson': LEDGER, 'turns.ndjson.gz/in-the-way': '' });
  const folder = runFolder(cwd);
  await expect(packLedger(folder)).rejects.toThrow();
  expect(readFileSync(folder.ledger, 'utf8')).toBe(LEDGER);
  expect(readdirSync(cwd).sort()).toEqual(['turns.ndjson', 'turns.ndjson.gz']);
});
