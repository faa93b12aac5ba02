import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../scripts/main.ts';
import { listDrifts, listFaults, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { recordedIo } from '../io.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs `serve` until it ends by itself. */
async function serve(...argv: string[]) {
  const io = recordedIo({ cwd: folder });
  const code = await main(['serve', ...argv], io);
  return { code, ...io.said() };
}

/** Runs `serve` until it has said where it is, calls `use` with that, and stops it. */
async function serving(argv: readonly string[], use: (said: string) => Promise<void>): Promise<number> {
  const stop = new AbortController();
  let tell: (said: string) => void = () => undefined;
  const told = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const ended = main(['serve', ...argv], recordedIo({ cwd: folder, signal: stop.signal, reveal: tell }));
  await use(await told).finally(() => stop.abort());
  return ended;
}

describe('wrong options end with exit code 2 and one message', () => {
  it.each([
    [['--service', 'gamma:3'], 'service: must be a law'],
    [['--service', 'exponential'], 'give a law and its mean'],
    [['--service', 'empirical:nowhere.json'], 'Cannot read service times from nowhere.json'],
    [['--service', 'exponential:fast'], 'service.meanMs: must be number'],
    [['--parallel', '-1'], '--parallel takes a whole number from 1 on, got -1'],
    [['--parallel', '0'], '--parallel takes a whole number from 1 on, got 0'],
    [['--drift', 'M0460'], 'drifts.M0460: no such id; did you mean'],
    [['--fault', 'status-500=2'], 'faults.status-500.rate: must be <= 1'],
    [['--options', 'nowhere.json'], 'Cannot read the server options in nowhere.json'],
    [['--prot', '80'], "unknown option '--prot'"],
  ])('%j', async (argv, message) => {
    const { code, out, err } = await serve(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.replaceAll(folder, '').replaceAll('/nowhere', 'nowhere')).toContain(message);
    expect(err).not.toContain('    at ');
  });

  it('of a file', async () => {
    await writeFile(join(folder, 'wrong.json'), '{"parallel": "many"}');
    await writeFile(join(folder, 'array.json'), '[]');
    expect(await serve('--options', 'wrong.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('wrong.json'),
    });
    expect(await serve('--options', 'array.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('array.json'),
    });
  });

  it('and a taken port', async () => {
    const taken = await startReferenceServer();
    const { code, err } = await serve('--port', `${taken.port}`);
    await taken.close(0);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`Port ${taken.port} is in use`) });
  });
});

it('lists drifts and faults', async () => {
  const drifts = await serve('--list-drifts');
  const faults = await serve('--list-faults');
  expect([drifts.code, faults.code]).toEqual([0, 0]);
  for (const { id } of listDrifts()) expect(drifts.out).toMatch(new RegExp(`^${id} `, 'm'));
  expect(faults.out.trimEnd().split('\n')).toHaveLength(listFaults().length);
});

describe('a server', () => {
  it('says what to paste, and the pasted request is answered', async () => {
    const code = await serving([], async (said) => {
      const url = /export FINI_BASE_URL=(\S+)/.exec(said)?.[1] ?? '';
      const key = /export FINI_API_KEY=(\S+)/.exec(said)?.[1];
      const body = /-d '(.*"content".*)'/.exec(said)?.[1] ?? '';
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const answer = await fetch(`${url}/v2/hc-interactions/events/public`, { method: 'POST', headers, body });
      expect(answer.status).toBe(200);
    });
    expect(code).toBe(0);
  });

  it('takes options from a file, and flags win', async () => {
    await writeFile(join(folder, 'latencies.json'), '[12]');
    const options = {
      parallel: 3,
      seed: 9,
      service: { law: 'empirical', file: 'latencies.json' },
      drifts: { M091: 1 },
    };
    await writeFile(join(folder, 'server.json'), JSON.stringify(options));
    const argv = ['--json', '--options', 'server.json', '--parallel', '5', '--fault', 'status-500=0.5'];
    await serving(argv, async (said) => {
      const { url, controlToken } = JSON.parse(said) as { url: string; controlToken: string };
      const control = await fetch(`${url}/__control`, { headers: { authorization: `Bearer ${controlToken}` } });
      expect(await control.json()).toMatchObject({
        parallel: 5,
        seed: 9,
        service: { law: 'empirical', latenciesMs: [12] },
        drifts: { M091: { rate: 1 } },
        faults: { 'status-500': { rate: 0.5 } },
      });
    });
  });
});
