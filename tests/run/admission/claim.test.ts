import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { type Owner, thisProcess } from '../../../scripts/foundation/owner.ts';
import { PACKAGE_ROOT } from '../../../scripts/foundation/package-root.ts';
import { claim, type Holder } from '../../../scripts/run/admission/claim.ts';
import { scratch } from '../../cli/scratch.ts';

const WANTED = { what: 'a test', lengthMs: 60_000, waitMs: 0 };
const held = { name: 'HeldError' };

/** A folder with the claim of another process in it. */
async function claimedBy(other: Partial<Holder>): Promise<string> {
  const folder = join(scratch(), 'lock');
  const holder = { ...(await thisProcess()), what: 'another', since: 0, until: Date.now() + 60_000, ...other };
  mkdirSync(folder);
  writeFileSync(join(folder, 'other.json'), JSON.stringify(holder));
  return folder;
}

describe('claim', () => {
  it('is held by one at a time, and free again once released', async () => {
    const folder = join(scratch(), 'lock');
    const first = await claim(folder, WANTED);
    await expect(claim(folder, WANTED)).rejects.toMatchObject({
      ...held,
      holder: { what: 'a test', pid: process.pid },
    });
    await first.release();
    const second = await claim(folder, WANTED);
    await second.release();
  });

  it('is waited for', async () => {
    const folder = join(scratch(), 'lock');
    const first = await claim(folder, WANTED);
    const second = claim(folder, { ...WANTED, waitMs: 30_000 });
    await first.release();
    await (await second).release();
  });

  it.each<[string, Partial<Owner> & { until?: number }, boolean]>([
    ['a live process', {}, true],
    ['a process that has ended', { pid: 2 ** 22 + 1 }, false],
    ['a process whose number another one has by now', { start: '1' }, false],
    ['a process of before the machine started', { boot: 'another' }, false],
    ['a process on another machine', { host: 'another', pid: 1 }, true],
    ['a process in another container', { namespace: 'another', pid: 1 }, true],
    ['a process on another machine that must have ended', { host: 'another', until: 1 }, false],
  ])('of %s counts: %o %s', async (_what, other, isHeld) => {
    const folder = await claimedBy(other);
    if (isHeld) await expect(claim(folder, WANTED)).rejects.toMatchObject(held);
    else await (await claim(folder, WANTED)).release();
  });

  it('that a power cut left empty does not count', async () => {
    const folder = await claimedBy({});
    writeFileSync(join(folder, 'other.json'), '');
    await (await claim(folder, WANTED)).release();
  });

  it('excludes processes that come at once, also where one of them is killed with it', async () => {
    const folder = scratch();
    const worker = join(PACKAGE_ROOT, 'tests', 'run', 'admission', 'claim-worker.ts');
    const rounds = 15;
    const run = (name: string, fate: string) =>
      execa(process.execPath, ['--import', 'tsx', worker, folder, name, String(rounds), fate], {
        cwd: PACKAGE_ROOT,
        reject: false,
      });
    const [doomed, ...ended] = await Promise.all([run('a', 'die'), run('b', 'live'), run('c', 'live')]);
    expect(doomed?.signal).toBe('SIGKILL');
    expect(ended.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    const lines = readFileSync(join(folder, 'journal'), 'utf8').trim().split('\n');
    // Every entry is followed by the exit of the same process, but for the one that was killed inside.
    const inside = lines.filter(
      (line, index) => line.startsWith('in ') && lines[index + 1] !== line.replace('in', 'out'),
    );
    expect(inside).toEqual(['in a']);
    expect(lines.filter((line) => line === 'out b' || line === 'out c')).toHaveLength(2 * rounds);
    // Whoever comes next clears what the killed one left, if nobody has yet.
    await (await claim(join(folder, 'lock'), WANTED)).release();
    expect(readdirSync(folder)).toEqual(['journal']);
  });
});
