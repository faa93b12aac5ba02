import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { turnLines } from '../../analysis/made-run.ts';
import { account, turns } from './made-account.ts';

describe('settling', () => {
  it('reads the ledgers where no count is given', async () => {
    const { cwd, reserve, entries } = account();
    const run = await reserve();
    await run.begin(join(cwd, 'run'));
    mkdirSync(join(cwd, 'run'));
    writeFileSync(
      join(cwd, 'run', 'turns.ndjson'),
      turnLines({})
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    );
    await run.settle();
    expect(entries()[0]?.spent).toEqual(turns(1));
  });

  it('counts all where the ledger cannot be trusted', async () => {
    const { reserve, entries } = account();
    const run = await reserve();
    await run.begin();
    await run.settle('all');
    expect(entries()[0]?.spent).toEqual(turns(10));
  });

  it('that fails does not cost the results', async () => {
    const { path, reserve, io } = account();
    const run = await reserve();
    writeFileSync(path, 'damaged');
    await run.settle(turns(1));
    expect(io.said().err).toMatch(/could not be recorded/);
  });
});
