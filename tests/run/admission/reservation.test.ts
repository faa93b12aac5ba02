import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../scripts/foundation/exit-codes.ts';
import { turnLines } from '../../analysis/made-run.ts';
import { account, turns } from './made-account.ts';

const refused = (message: RegExp) => ({ exitCode: EXIT.refused, message: expect.stringMatching(message) as string });

describe('a limit a day', () => {
  it('counts what runs have spent, and all of what those under way may spend', async () => {
    const { reserve } = account();
    const limits = { maxTurnsPerDay: 100 };
    const first = await reserve({ most: turns(60), limits });
    await expect(reserve({ most: turns(41), limits })).rejects.toMatchObject(refused(/60 turns of 100.*40 turns left/));
    await reserve({ most: turns(40), limits });
    await first.begin();
    await first.settle(turns(25));
    await reserve({ most: turns(35), limits });
    await expect(reserve({ most: turns(1), limits })).rejects.toMatchObject(refused(/100 turns of 100/));
  });

  it('counts money at the price of its time, for user turns alone', async () => {
    const { reserve } = account();
    const limits = (perTurn: number) => ({ maxCostPerDay: 10, price: { perTurn } });
    await reserve({ most: turns(80, 60), limits: limits(0.1) });
    await expect(reserve({ most: turns(21), limits: limits(0.2) })).rejects.toMatchObject(
      refused(/6.00 USD of 10.00 USD/),
    );
    await reserve({ most: turns(20), limits: limits(0.2) });
  });

  it('on money is refused where the price is not known', async () => {
    await expect(account().reserve({ limits: { maxCostPerDay: 10 } })).rejects.toMatchObject(
      refused(/without a price/),
    );
  });

  it('is refused where only time bounds a run, and while such a run is under way', async () => {
    const { reserve } = account();
    const limits = { maxTurnsPerDay: 100 };
    await expect(reserve({ most: undefined, limits })).rejects.toMatchObject(refused(/--max-turns/));
    await reserve({ most: undefined });
    await expect(reserve({ limits })).rejects.toMatchObject(refused(/without a limit is in progress/));
  });

  it('is of one target', async () => {
    const { reserve } = account();
    const limits = { maxTurnsPerDay: 10 };
    await reserve({ limits });
    await reserve({ limits, baseUrl: 'https://staging.example' });
    await expect(reserve({ limits, most: turns(1) })).rejects.toMatchObject(refused(/0 turns left/));
  });

  it('books what goes to this machine only where it is set', async () => {
    const { reserve, entries } = account();
    await reserve({ baseUrl: 'http://127.0.0.1:1' });
    expect(entries).toThrow(/ENOENT/);
    await reserve({ baseUrl: 'http://127.0.0.1:1', limits: { maxTurnsPerDay: 10 } });
    expect(entries()).toHaveLength(1);
  });

  it('holds for any runs at once, to the turn', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 8 }), async (sizes) => {
        const { reserve, entries } = account();
        const tries = sizes.map((size) => reserve({ most: turns(size), limits: { maxTurnsPerDay: 50 } }));
        const done = await Promise.allSettled(tries);
        const granted = sizes.filter((_, index) => done[index]?.status === 'fulfilled');
        const reserved = granted.reduce((sum, size) => sum + size, 0);
        expect(reserved).toBeLessThanOrEqual(50);
        expect(entries().reduce((sum, { most }) => sum + (most?.turns ?? 0), 0)).toBe(reserved);
        // Nothing is refused that would have fitted at the end.
        const left = sizes.filter((_, index) => done[index]?.status === 'rejected');
        for (const size of left) expect(reserved + size).toBeGreaterThan(50);
      }),
      { numRuns: 5 },
    );
  });
});

describe('a run that dies', () => {
  const limits = { maxTurnsPerDay: 20 };
  const ledger = (folder: string, sent: number): void => {
    mkdirSync(folder, { recursive: true });
    // The last one was in flight, and one of a colleague costs nothing.
    const lines = Array.from({ length: sent }, (_, conversation) =>
      turnLines({
        conversation,
        role: conversation === 0 ? 'agent' : 'user',
        outcome: conversation === sent - 1 ? 'absent' : 'answered',
      }),
    );
    const unsent = turnLines({ conversation: sent, outcome: 'unsent' });
    writeFileSync(
      join(folder, 'turns.ndjson'),
      [...lines, unsent]
        .flat()
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    );
  };

  it('has spent what its ledger shows as sent', async () => {
    const { cwd, reserve, kill, entries } = account();
    const run = await reserve({ most: turns(20), limits });
    await run.begin(join(cwd, 'run'));
    ledger(join(cwd, 'run'), 7);
    kill();
    await reserve({ most: turns(13), limits });
    expect(entries()[0]?.spent).toEqual(turns(7, 6));
  });

  it('has spent only what came on top, where it went on with what was there', async () => {
    const { cwd, reserve, kill, entries } = account();
    ledger(join(cwd, 'search', 'rungs', '001'), 5);
    const run = await reserve({ most: turns(20), limits });
    await run.begin(join(cwd, 'search'));
    ledger(join(cwd, 'search', 'rungs', '002'), 4);
    kill();
    await reserve({ most: turns(16), limits });
    expect(entries()[0]?.spent).toEqual(turns(4, 3));
  });

  it('has spent nothing before it began', async () => {
    const { reserve, kill } = account();
    await reserve({ most: turns(20), limits });
    kill();
    await reserve({ most: turns(20), limits });
  });

  it.each(['nobody can tell', 'its folder is gone'])('has spent all it could where %s', async (why) => {
    const { cwd, reserve, kill } = account();
    const run = await reserve({ most: turns(20), limits });
    await run.begin(why === 'nobody can tell' ? undefined : join(cwd, 'gone'));
    kill();
    await expect(reserve({ most: turns(1), limits })).rejects.toMatchObject(refused(/20 turns of 20/));
  });
});

it.each(['{', '[]', '{"entries":[{}]}', '{"entries":[{"id":"a","target":"b","most":{"turns":"many"},"owner":{}}]}'])(
  'a damaged account stops a run with a clear message: %s',
  async (text) => {
    const { path, reserve } = account();
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    await expect(reserve()).rejects.toMatchObject({
      exitCode: EXIT.usage,
      message: expect.stringMatching(/is damaged/) as string,
    });
  },
);
