import { describe, expect, it } from 'vitest';
import { main } from '../../../scripts/main.ts';
import { assertNoKeyIn, type KeyFlags, withKeys } from '../../../scripts/run/config/key-sources.ts';
import { scratch } from '../../cli/scratch.ts';
import { recordedIo } from '../../io.ts';

const KEY = 'fini_canary0123456789';
const files = { 'key.txt': `${KEY}\n`, two: 'canary one\ncanary two', empty: ' \n', read: 'read_canary0123' };

interface Given {
  readonly flags?: KeyFlags;
  readonly env?: Record<string, string>;
  readonly stdin?: string;
}

const keysOf = ({ flags = {}, env = {}, stdin = '' }: Given) =>
  withKeys(flags, env, { cwd: scratch(files), readStdin: () => Promise.resolve(stdin) });

describe('withKeys', () => {
  it.each<[string, Given, Record<string, string>]>([
    ['nothing', {}, {}],
    ['the environment', { env: { FINI_API_KEY: KEY } }, { FINI_API_KEY: KEY }],
    ['a file of the environment', { env: { FINI_API_KEY_FILE: 'key.txt' } }, { FINI_API_KEY: KEY }],
    ['files of other keys', { env: { FINI_READ_KEY_FILE: 'read' } }, { FINI_READ_KEY: 'read_canary0123' }],
    ['a flag', { flags: { keyFile: 'key.txt' } }, { FINI_API_KEY: KEY }],
    ['standard input', { flags: { keyStdin: true }, stdin: `${KEY}\r\n` }, { FINI_API_KEY: KEY }],
    [
      'a flag over the environment',
      { flags: { keyFile: 'key.txt' }, env: { FINI_API_KEY: 'old' } },
      { FINI_API_KEY: KEY },
    ],
    [
      'a flag over a file of the environment',
      { flags: { keyFile: 'key.txt' }, env: { FINI_API_KEY_FILE: 'gone' } },
      { FINI_API_KEY: KEY },
    ],
  ])('takes keys from %s', async (_, given, keys) => {
    expect(await keysOf(given)).toEqual({ ...given.env, ...keys });
  });

  it.each<[string, Given, RegExp]>([
    ['two flags', { flags: { keyFile: 'key.txt', keyStdin: true } }, /cannot be combined/],
    ['two of the environment', { env: { FINI_API_KEY: KEY, FINI_API_KEY_FILE: 'key.txt' } }, /are both set/],
    ['no such file', { flags: { keyFile: 'gone' } }, /--key-file: cannot read .*gone: there is no such file$/],
    ['an empty file', { env: { FINI_API_KEY_FILE: 'empty' } }, /FINI_API_KEY_FILE: it contains no key/],
    ['two lines', { flags: { keyFile: 'two' } }, /only the key, on one line/],
    ['nothing on standard input', { flags: { keyStdin: true } }, /--key-stdin: it contains no key/],
  ])('refuses %s', async (_, given, message) => {
    const error = await keysOf(given).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
    expect(String(error)).not.toContain('canary');
  });
});

describe('assertNoKeyIn', () => {
  it.each([
    [['run', 'smoke', '--key', 'abc']],
    [['run', 'smoke', '--api-key=abc']],
    [['run', 'smoke', '--token', 'abc']],
    [['run', 'smoke', '--bot-id', 'fini_4f9d2c7b8a1e60534f9d']],
    [['run', 'smoke', '--bot-id', 'fini_live_4f9d2c7b8a1e6053']],
    [['run', 'smoke', '--base-url', `http://127.0.0.1/?k=known-canary`]],
    [['run', 'smoke', '--', '--tag', 'k=known-canary']],
  ])('refuses %j', async (argv) => {
    const io = recordedIo({ env: { FINI_API_KEY: 'known-canary' }, cwd: scratch() });
    expect(await main(argv, io)).toBe(2);
    expect(io.said().err).toMatch(/^error: no flag takes an API key: .*--key-file or --key-stdin/);
    for (const secret of ['abc', '4f9d2c7b', 'canary']) expect(io.said().err).not.toContain(secret);
  });

  it.each([
    [['run', 'smoke', '--key-file', 'key.txt']],
    [['run', 'smoke', '--key-stdin']],
    [['run', 'load', '--out', 'fini_results_2026_11_23']],
    [['report', 'results/fini_harness_run']],
  ])('lets %j pass', (argv) => {
    expect(() => assertNoKeyIn(argv, { FINI_API_KEY: 'known-canary' })).not.toThrow();
  });
});
