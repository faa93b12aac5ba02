import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unredacted } from '../../../scripts/foundation/guard.ts';
import { runFolder } from '../../../scripts/ledger/run-folder.ts';
import { mergeLedgers, mergeRunners, runnerFolder } from '../../../scripts/run/runners/merge-ledgers.ts';
import { preparedIds } from '../../../scripts/run/runners/prepared-ids.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'fini-harness-merge-'));
});
afterAll(() => rmSync(root, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(root, name);
  writeFileSync(path, content);
  return path;
}

describe('mergeLedgers', () => {
  it('keeps every line whole, from plain and packed ledgers, also after half a line', async () => {
    const torn = file('torn.ndjson', '{"a":1}\n{"b"');
    const packed = file('packed.ndjson.gz', gzipSync('{"c":3}\n'));
    const empty = file('empty.ndjson', '');
    const to = join(root, 'merged.ndjson');
    await mergeLedgers([torn, empty, packed], to);
    expect(readFileSync(to, 'utf8')).toBe('{"a":1}\n{"b"\n{"c":3}\n');
  });

  it('leaves what was there where a ledger cannot be read', async () => {
    const to = file('kept.ndjson', 'as it was\n');
    await expect(mergeLedgers([join(root, 'absent.ndjson')], to)).rejects.toThrow(/ENOENT/);
    expect(readFileSync(to, 'utf8')).toBe('as it was\n');
  });
});

describe('mergeRunners', () => {
  it('makes one ledger and one record of facts, in the order of the runners, once', async () => {
    const folder = runFolder(join(root, 'run'));
    for (const runner of [0, 1, 2, 10]) {
      const own = runnerFolder(folder, runner);
      mkdirSync(own.path, { recursive: true });
      writeFileSync(own.ledger, `{"runner":${runner}}\n`);
      if (runner > 0) writeFileSync(own.facts, JSON.stringify({ cpuShare: 0.125 }));
    }
    writeFileSync(folder.ledger, '');
    await mergeRunners(folder, unredacted);
    const lines = readFileSync(folder.ledger, 'utf8').trim().split('\n');
    expect(lines).toEqual([0, 1, 2, 10].map((runner) => `{"runner":${runner}}`));
    expect(JSON.parse(readFileSync(folder.facts, 'utf8'))).toMatchObject({ cpuShare: 0.375 });
    expect(existsSync(join(folder.path, 'runners'))).toBe(false);
    await mergeRunners(folder, unredacted);
    expect(readFileSync(folder.ledger, 'utf8').trim().split('\n')).toHaveLength(4);
  });
});

describe('mergeRunners without a ledger', () => {
  it.each([
    ['of one runner', [1, 3], '{"runner":1}\n{"runner":3}\n'],
    ['of any', [], ''],
  ])('%s merges the others', async (what, written, merged) => {
    const folder = runFolder(join(root, what));
    for (const runner of [1, 2, 3]) {
      const own = runnerFolder(folder, runner);
      mkdirSync(own.path, { recursive: true });
      if (written.includes(runner)) writeFileSync(own.ledger, `{"runner":${runner}}\n`);
    }
    await mergeRunners(folder, unredacted);
    expect(readFileSync(folder.ledger, 'utf8')).toBe(merged);
  });
});

describe('preparedIds', () => {
  it('takes each id by its place, and leaves empty what could not be prepared', async () => {
    const line = (pool: number, interactionId?: string) =>
      JSON.stringify({ kind: 'pooled', pool, at: 1, eventId: `e${pool}`, ...(interactionId && { interactionId }) });
    const ledger = file('pool.ndjson', `${[line(0), line(2), line(2, 'c'), line(0, 'a'), line(9, 'z')].join('\n')}\n`);
    expect(await preparedIds(ledger, 3)).toEqual(['a', '', 'c']);
  });
});
