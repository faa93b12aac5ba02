import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { ReferenceServer } from '../../scripts/reference-server/index.ts';
import { environmentFor, fini, scratch, server, until } from '../e2e/support.ts';
import { listening } from '../secrets/echo.ts';
import { heldRun } from './held-run.ts';

/** More than one request removes. */
const CONVERSATIONS = 60;
const BULK = 50;
const PRIVATE = 0o600;
const UNIX = ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP'] as const;

interface Held {
  /** A request that gets no answer: the `number`th of its method whose path begins so. */
  readonly request: string;
  readonly number: number;
  /** Whether the service gets it none the less. */
  readonly arrives?: boolean;
}

/** Stands before a service and holds one request back: a command that waits for it can be ended there, at any speed. */
async function holding(service: ReferenceServer, { request: held, number, arrives = false }: Held) {
  let [seen, isHeld] = [0, false];
  const url = await listening(
    createServer(async (request, response) => {
      const { method = 'GET', url = '/', headers } = request;
      const body = await text(request);
      const mine = `${method} ${url}`.startsWith(held) && ++seen === number;
      const { authorization = '' } = headers;
      const init = { method, headers: { authorization, 'content-type': 'application/json' } };
      const answer =
        mine && !arrives ? undefined : await fetch(`${service.url}${url}`, body === '' ? init : { ...init, body });
      if (mine) isHeld = true;
      else response.writeHead(answer?.status ?? 500).end(await answer?.text());
    }),
  );
  return { url, isHeld: () => isHeld };
}

/** A run whose service holds a request of the command back, and the command ended there. */
async function ended(command: 'audit' | 'cleanup', signal: NodeJS.Signals, held: Held) {
  const reference = await server();
  const front = await holding(reference, held);
  const cwd = scratch();
  const temporary = join(cwd, 'tmp');
  mkdirSync(temporary);
  const folder = await heldRun(cwd, { ...reference, url: front.url }, CONVERSATIONS);
  const env = { ...environmentFor(reference), TMPDIR: temporary };
  const running = fini([command, folder], { env, cwd });
  await until(front.isHeld, 'the request is held');
  running.kill(signal);
  const { exitCode, stderr, stdout } = await running;
  expect(readdirSync(temporary).filter((name) => name.startsWith('fini-harness-'))).toEqual([]);
  expect({ exitCode, stdout }, String(stderr)).toEqual({ exitCode: 130, stdout: '' });
  const again = (name: string) => fini([name, folder], { env, cwd });
  return { reference, folder, stderr: String(stderr), again };
}

const stored = async ({ url, keys }: ReferenceServer): Promise<number> => {
  const headers = { authorization: `Bearer ${keys.readWrite}` };
  const answer = await fetch(`${url}/v2/hc-interactions/public?limit=100`, { headers });
  return ((await answer.json()) as { interactions: unknown[] }).interactions.length;
};
const removedOf = (folder: string): unknown[] =>
  (JSON.parse(readFileSync(join(folder, 'cleanup.json'), 'utf8')) as { removed: unknown[] }).removed;

describe.runIf(process.platform !== 'win32')('a stop signal', () => {
  it.each(UNIX)('%s to audit keeps what was read, and the next one reads the rest', async (signal) => {
    const held = { request: 'GET /v2/hc-interactions/', number: 40 };
    const { reference, folder, stderr, again } = await ended('audit', signal, held);
    expect(stderr).toContain(`fini-harness audit ${folder} continues from there.`);
    const progress = join(folder, 'audit.ndjson');
    expect(statSync(progress).mode & 0o777).toBe(PRIVATE);
    const read = readFileSync(progress, 'utf8').trimEnd().split('\n').length;
    expect(read).toBeGreaterThan(0);
    expect(existsSync(join(folder, 'audit.json'))).toBe(false);
    const gets = (): number =>
      Object.values(reference.truth().requests['get-conversation'] ?? {}).reduce((sum, count) => sum + count, 0);
    const before = gets();
    const done = await again('audit');
    expect(done.exitCode, `${done.stdout}${done.stderr}`).toBe(0);
    expect(gets() - before).toBe(CONVERSATIONS - read);
    expect(existsSync(progress)).toBe(false);
  });

  it.each(UNIX)('%s to cleanup notes what was removed, and the next one removes the rest', async (signal) => {
    const held = { request: 'DELETE /v2/hc-interactions/public', number: 2 };
    const { reference, folder, stderr, again } = await ended('cleanup', signal, held);
    expect(stderr).toContain(`fini-harness cleanup ${folder} continues from there.`);
    expect(removedOf(folder)).toHaveLength(BULK);
    expect(await stored(reference)).toBe(CONVERSATIONS - BULK);
    const done = await again('cleanup');
    expect(done.exitCode, `${done.stdout}${done.stderr}`).toBe(0);
    expect(removedOf(folder)).toHaveLength(CONVERSATIONS);
    expect(await stored(reference)).toBe(0);
  });

  it('while the service removes: no audit accuses it of losing them', async () => {
    const held = { request: 'DELETE /v2/hc-interactions/public', number: 1, arrives: true };
    const { reference, again } = await ended('cleanup', 'SIGINT', held);
    expect(await stored(reference)).toBe(CONVERSATIONS - BULK);
    const audit = await again('audit');
    expect(audit.exitCode, `${audit.stdout}${audit.stderr}`).toBe(6);
    expect((await again('cleanup')).exitCode).toBe(0);
    expect(await stored(reference)).toBe(0);
    expect((await again('audit')).exitCode).toBe(6);
  });

  it.each(['audit', 'cleanup'] as const)('before %s has begun leaves nothing', async (command) => {
    const { folder, stderr } = await ended(command, 'SIGTERM', { request: 'GET /v2/bots/public', number: 1 });
    expect(stderr).toMatch(/interrupted while waiting for /);
    expect(readdirSync(folder).sort()).toEqual(['run.json', 'turns.ndjson']);
  });
});
