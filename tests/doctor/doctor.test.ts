import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockFinding } from '../../scripts/doctor/clock.ts';
import type { Diagnosis } from '../../scripts/doctor/diagnosis.ts';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { main } from '../../scripts/main.ts';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { scratch } from '../cli/scratch.ts';
import { recordedIo } from '../io.ts';
import { listening, server } from '../secrets/echo.ts';

let reference: ReferenceServer;
beforeAll(async () => {
  reference = await startReferenceServer();
});
afterAll(() => reference.close());

type Env = Readonly<Record<string, string | undefined>>;

/** The doctor's diagnoses, by name. */
async function examine(env: Env, args: readonly string[] = [], cwd = scratch()) {
  const io = recordedIo({ cwd, env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } });
  const exitCode = await main(['doctor', '--json', ...args], io);
  const said = JSON.parse(io.said().out) as { exitCode: number; diagnoses: Diagnosis[] };
  expect(said.exitCode).toBe(exitCode);
  return { exitCode, of: (name: string) => said.diagnoses.find((diagnosis) => diagnosis.name === name), cwd };
}

const fully = (over: Env = {}): Env => ({
  FINI_BASE_URL: reference.url,
  FINI_BOT_ID: reference.botId,
  FINI_API_KEY: reference.keys.readWrite,
  ...over,
});

describe('doctor', () => {
  it('finds nothing wrong where nothing is, and leaves nothing behind', async () => {
    const { exitCode, of, cwd } = await examine(fully());
    expect(exitCode).toBe(EXIT.pass);
    for (const name of ['k6', 'disk', 'service', 'clock', 'read scope', 'agent']) {
      expect(of(name), name).toMatchObject({ status: 'ok' });
    }
    expect(of('write scope')).toMatchObject({ status: 'notice', text: 'not tried' });
    expect(readdirSync(cwd)).toEqual([]);
    expect(reference.truth().turns.received).toBe(0);
  });

  it.each<[string, () => Env, string, Partial<Diagnosis>]>([
    ['a refused key', () => fully({ FINI_API_KEY: reference.keys.revoked }), 'API key', { exitCode: EXIT.unreachable }],
    ['no key', () => fully({ FINI_API_KEY: undefined }), 'API key', { exitCode: EXIT.usage }],
    [
      'a key that cannot read',
      () => fully({ FINI_API_KEY: reference.keys.write }),
      'read scope',
      { exitCode: EXIT.usage },
    ],
    ['an unknown agent', () => fully({ FINI_BOT_ID: 'nobody' }), 'agent', { exitCode: EXIT.usage }],
    ['no agent', () => fully({ FINI_BOT_ID: undefined }), 'agent', { exitCode: EXIT.usage }],
    ['nobody there', () => fully({ FINI_BASE_URL: 'http://127.0.0.1:9' }), 'service', { exitCode: EXIT.unreachable }],
    [
      'another service',
      () => fully({ FINI_BASE_URL: `${reference.url}/elsewhere` }),
      'service',
      { exitCode: EXIT.unreachable },
    ],
    ['a key in clear text', () => fully({ FINI_BASE_URL: 'http://api.example' }), 'target', { exitCode: EXIT.refused }],
    [
      'a proxy of the wrong kind',
      () => fully({ FINI_BASE_URL: 'https://api.example', HTTPS_PROXY: 'socks5://a:1' }),
      'target',
      { exitCode: EXIT.usage },
    ],
    ['a k6 that is none', () => fully({ K6_BIN: '/bin/false' }), 'k6', { exitCode: EXIT.usage }],
    ['neither k6 nor Go', () => fully({ PATH: '', FINI_HARNESS_CACHE: 'cache' }), 'k6', { exitCode: EXIT.usage }],
  ])('tells of %s, and what to do', async (_what, env, name, problem) => {
    const { exitCode, of } = await examine(env());
    expect(of(name)).toMatchObject({ status: 'problem', ...problem, advice: expect.stringMatching(/./) as string });
    expect(exitCode).toBe(problem.exitCode);
  });

  it('does not take an answer that is no list for a read scope', async () => {
    const url = await listening(server((_, response) => response.end('{"bots": []}')));
    const { exitCode, of } = await examine(fully({ FINI_BASE_URL: url }));
    expect(of('read scope')).toMatchObject({
      status: 'notice',
      text: expect.stringContaining('without a list') as string,
    });
    expect(of('agent')).toMatchObject({
      status: 'notice',
      advice: expect.stringContaining('without a list') as string,
    });
    expect(exitCode).toBe(EXIT.pass);
  });

  it('takes nothing set at all for practice', async () => {
    const { exitCode, of } = await examine({});
    expect(of('API key')).toMatchObject({ status: 'notice' });
    expect(of('service')).toBeUndefined();
    expect(exitCode).toBe(EXIT.pass);
  });

  it('tells of a results folder that is a file', async () => {
    const cwd = scratch();
    writeFileSync(join(cwd, 'results'), '');
    const { exitCode, of } = await examine(fully(), [], cwd);
    expect(of('results folder')).toMatchObject({
      status: 'problem',
      text: expect.stringMatching(/cannot write/) as string,
    });
    expect(exitCode).toBe(EXIT.usage);
  });

  it.skipIf(process.getuid?.() === 0)('tells of a results folder that is read-only', async () => {
    const cwd = scratch();
    mkdirSync(join(cwd, 'results'), { mode: 0o500 });
    const { of } = await examine(fully(), [], cwd);
    chmodSync(join(cwd, 'results'), 0o700);
    expect(of('results folder')).toMatchObject({ status: 'problem' });
  });

  describe('--write', () => {
    it('stores a note that costs no reply, and removes it', async () => {
      const { exitCode, of } = await examine(fully(), ['--write']);
      expect(of('write scope')).toMatchObject({ status: 'ok', text: 'granted; the turn was removed again' });
      expect(exitCode).toBe(EXIT.pass);
      const { turns } = reference.truth();
      expect(turns.received).toBe(1);
    });

    it('removes no conversation that the service continued with the note', async () => {
      const event = { id: 'n', role: 'agent', createdAt: Date.now(), message: 'note' };
      const events = [{ ...event, id: 'c', role: 'user' }, event];
      const asked: string[] = [];
      const url = await listening(
        server(({ method = '', url: path = '' }, response) => {
          asked.push(method);
          const page = { interactions: [{ id: 'theirs', events }], hasMore: false, nextCursor: null };
          const agents = [{ id: reference.botId, name: 'Support' }];
          const body = method === 'POST' ? [event] : path.startsWith('/v2/bots/') ? agents : page;
          response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
        }),
      );
      const { exitCode, of } = await examine(fully({ FINI_BASE_URL: url }), ['--write']);
      expect(of('write scope')).toMatchObject({ status: 'notice', advice: 'look at conversation theirs' });
      expect(exitCode).toBe(EXIT.pass);
      expect(asked).toEqual(['GET', 'POST', 'GET']);
    });

    it('tells of a key that may only read', async () => {
      const { exitCode, of } = await examine(fully({ FINI_API_KEY: reference.keys.read }), ['--write']);
      expect(of('write scope')).toMatchObject({ status: 'problem', exitCode: EXIT.unreachable });
      expect(exitCode).toBe(EXIT.unreachable);
    });

    it('stores nothing that it could not remove again', async () => {
      const before = reference.truth().turns.received;
      await examine(fully({ FINI_API_KEY: reference.keys.write }), ['--write']);
      expect(reference.truth().turns.received).toBe(before);
    });
  });

  it('shows no key, in no form', async () => {
    const io = recordedIo({ cwd: scratch(), env: { PATH: process.env.PATH, ...fully() } });
    await main(['doctor'], io);
    expect(io.said().out).not.toContain(reference.keys.readWrite);
    expect(
      io
        .said()
        .out.trim()
        .split('\n')
        .every((line) => /^(?:[✓!✗] \S| {4,}\S)/.test(line)),
    ).toBe(true);
    expect(existsSync(join(io.cwd, 'results'))).toBe(false);
  });
});

describe('clockFinding', () => {
  const AT = Date.parse('2026-01-31T09:30:00.000Z');
  const date = (ms: number): string => new Date(AT + ms).toUTCString();

  it.each([
    ['the second of the header', date(0), 'ok', /agrees/],
    ['rounding', date(-1_000), 'ok', /agrees/],
    ['a service ahead', date(10_000), 'ok', /^10.5 s behind the service's, give or take 600 ms$/],
    ['a service far ahead', date(60_000), 'notice', /^60.5 s behind/],
    ['a service far behind', date(-60_000), 'notice', /^59.5 s ahead of/],
    ['no header', null, 'notice', /no Date header/],
    ['no date', 'yesterday', 'notice', /no Date header/],
  ])('%s', (_what, header, status, text) => {
    expect(clockFinding(header, AT, 100)).toMatchObject({ status, text: expect.stringMatching(text) as string });
  });
});
