import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../scripts/main.ts';
import { type KnownLaw, knownHistory } from '../../scripts/proofs/workload/known-history.ts';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { readWorkload } from '../../scripts/run/workload/read.ts';
import { scratch } from '../cli/scratch.ts';
import { recordedIo } from '../io.ts';
import { knownFiles } from './known-files.ts';
import { privateIn } from './leaks-in.ts';

const LAW: KnownLaw = { perHour: 1, dispersion: 0.1, continues: 0.5, meanPauseMs: 30_000, german: 0.3, weeks: 1 };
const history = knownHistory(LAW, 1, Date.now() - 3_600_000);
const files = knownFiles(history);
/** A CSV file has no attributes of customers: the configuration tells what is personal. */
const config = { personalData: { values: ['Henrietta', 'Quackenbush'] } };

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
  server.fill(history);
});
afterAll(() => server.close());

async function run(cwd: string, ...args: string[]) {
  const io = recordedIo({ cwd, env: { FINI_API_KEY: server.keys.read, FINI_BASE_URL: server.url } });
  const code = await main(args, io);
  return { code, ...io.said() };
}
const KEEP = ['--keep-text', '--confirm-keep-text'];

describe('workload learn --keep-text', () => {
  it.each<[string, string[], Record<string, unknown>]>([
    ['the service', [], {}],
    ['a HAR file', ['--from', 'a.har'], { 'a.har': files.har }],
    ['a CSV file', ['--from', 'a.csv'], { 'a.csv': files.csv, 'fini-harness.config.json': config }],
  ])('keeps what customers said to %s, without what is personal, and marks it', async (_, flags, given) => {
    const cwd = scratch(given);
    expect(await run(cwd, 'workload', 'learn', '--since', '8d', ...flags, ...KEEP)).toMatchObject({ code: 0 });
    const path = join(cwd, 'workload', 'workload.jsonl');
    const { conversations } = await readWorkload(path);
    const turns = conversations.flatMap((script) => script.turns);
    expect(turns.length).toBeGreaterThan(100);
    expect(turns.filter(({ content }) => !/never arrived|nie angekommen/.test(content))).toEqual([]);
    expect(conversations.every(({ customerText }) => customerText === true)).toBe(true);
    expect(privateIn(readFileSync(path, 'utf8'))).toEqual([]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const planned = await run(cwd, 'plan', 'load', '--workload', path, '--embedded');
    expect(planned.out).toContain('contents are redacted texts of customers');
  });

  it('continues after an interruption with the texts that it had', async () => {
    const cwd = scratch();
    const learn = (...flags: string[]) => run(cwd, 'workload', 'learn', '--since', '8d', ...KEEP, ...flags);
    expect(await learn('--max-requests', '1')).toMatchObject({ code: 6 });
    expect(privateIn(readFileSync(join(cwd, 'workload', 'learn.progress.ndjson'), 'utf8'))).toEqual([]);
    expect(await learn()).toMatchObject({ code: 0, err: expect.stringContaining('Continuing after 1 page') });
    const { conversations } = await readWorkload(join(cwd, 'workload', 'workload.jsonl'));
    expect(conversations.flatMap(({ turns }) => turns).every(({ content }) => content.includes('[personal]'))).toBe(
      true,
    );
  });

  it.each<[string, string[], number, string]>([
    ['without confirmation', ['--from', 'a.csv', '--keep-text'], 7, 'add --confirm-keep-text'],
    ['of a run', ['--from', 'a.ndjson', ...KEEP], 2, 'has no texts of customers'],
    [
      'from a bank that has them',
      ['--from', 'a.csv', '--bank', 'kept.jsonl'],
      2,
      'kept.jsonl contains texts of customers',
    ],
  ])('%s writes nothing', async (_, flags, code, message) => {
    const sent = { conversation: 0, turn: 0, attempt: 0, lane: 0, role: 'user', intendedAt: 1.7e12, sentAt: 1.7e12 };
    const kept = { id: 'kept', customerText: true, turns: [{ content: 'My parcel never arrived' }] };
    const cwd = scratch({
      'kept.jsonl': `${JSON.stringify(kept)}\n`,
      'a.csv': files.csv,
      'a.ndjson': `${JSON.stringify({ kind: 'sent', ...sent })}\n`,
    });
    expect(await run(cwd, 'workload', 'learn', ...flags)).toMatchObject({
      code,
      err: expect.stringContaining(message),
    });
    expect(() => statSync(join(cwd, 'workload', 'workload.jsonl'))).toThrow('ENOENT');
  });

  it('is not said of a workload without them', async () => {
    const { out } = await run(scratch(), 'plan', 'load', '--embedded');
    expect(out).not.toContain('texts of customers');
  });
});
