import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentFor, fini, scratch, server } from './support.ts';

/** A loopback port that nobody listens on. */
async function deadPort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What only shows once a run is about to start: one message, the documented exit code, and no folder half written. */
describe('a run that cannot start', async () => {
  const reference = await server();
  const good = environmentFor(reference);
  const nobody = `http://127.0.0.1:${await deadPort()}`;

  it.each([
    { what: 'a dead host', env: { FINI_BASE_URL: nobody }, exitCode: 8, says: /cannot reach .*base URL/ },
    {
      what: 'a host without an address',
      env: { FINI_BASE_URL: 'https://no-such-host.invalid' },
      exitCode: 8,
      says: /cannot reach .*no-such-host.invalid/,
    },
    {
      what: 'a dead proxy',
      env: { FINI_BASE_URL: 'https://fini.example', HTTPS_PROXY: nobody },
      exitCode: 8,
      says: /cannot reach .*fini.example/,
    },
    {
      what: 'a wrong key',
      env: { FINI_API_KEY: 'fini_wrong' },
      exitCode: 8,
      says: /refuses the API key .*FINI_API_KEY/,
    },
    { what: 'a revoked key', env: { FINI_API_KEY: reference.keys.revoked }, exitCode: 8, says: /refuses the API key/ },
    {
      what: 'a key without read scope',
      env: { FINI_API_KEY: reference.keys.write },
      exitCode: 2,
      says: /read scope.*single/,
    },
    { what: 'an unknown bot', env: { FINI_BOT_ID: 'nobody' }, exitCode: 2, says: /bot nobody is not among .*--bot-id/ },
    { what: 'no bot', env: { FINI_BOT_ID: undefined }, exitCode: 2, says: /no bot id: set FINI_BOT_ID/ },
    { what: 'no key', env: { FINI_API_KEY: undefined }, exitCode: 2, says: /no API key: set FINI_API_KEY/ },
    { what: 'a K6_BIN that is none', env: { K6_BIN: process.execPath }, exitCode: 2, says: /K6_BIN/ },
    { what: 'a K6_BIN that is not there', env: { K6_BIN: '/nowhere/k6' }, exitCode: 2, says: /K6_BIN.*\/nowhere\/k6/ },
    { what: 'a k6 flag that breaks the plan', args: ['--', '--vus', '3'], exitCode: 2, says: /--vus .*--concurrency/ },
    { what: 'an unknown scenario', scenario: 'smok', exitCode: 2, says: /unknown scenario smok.*smoke/ },
    {
      what: 'a host to confirm',
      args: ['--base-url', 'https://fini.example'],
      scenario: 'load',
      exitCode: 7,
      says: /--confirm-target fini.example/,
    },
    { what: 'a key in clear text', args: ['--base-url', 'http://fini.example'], exitCode: 7, says: /clear text/ },
  ])('$what', async ({ env = {}, args = [], scenario = 'smoke', exitCode, says }) => {
    const cwd = scratch();
    const ended = await fini(['run', scenario, '--quiet', ...args], { env: { ...good, ...env }, cwd });
    expect(ended.stderr).toMatch(says);
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(ended.stderr).not.toContain('fini_wrong');
    expect(existsSync(join(cwd, 'results'))).toBe(false);
  });

  it('a results folder that cannot be written', async () => {
    const cwd = scratch();
    writeFileSync(join(cwd, 'file'), '');
    const ended = await fini(['run', 'smoke', '--quiet', '--out', 'file/run'], { env: good, cwd });
    expect(ended.stderr).toMatch(/cannot write results to .*--out/);
    expect(ended.exitCode).toBe(2);
  });

  it('sent nothing', () => expect(reference.truth().turns.received).toBe(0));
});
