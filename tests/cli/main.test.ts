import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entry } from '../../scripts/commands/command-entry.ts';
import { COMMANDS } from '../../scripts/commands/index.ts';
import { usageError } from '../../scripts/foundation/errors.ts';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { styles } from '../../scripts/foundation/text/terminal.ts';
import { PAYLOADS } from '../hostile-text.ts';
import { type Attempt, attempt, LINE, planned } from './attempt.ts';

const KEY = 'fini_canary0123456789';
const REAL = { FINI_API_KEY: KEY, FINI_BOT_ID: 'bot' };
const run = (...more: readonly string[]) => ['run', 'load', '--no-build', '--workload', 'talk.jsonl', ...more];

const wrong: [string, Attempt, number, RegExp][] = [
  ['an unknown command', { argv: ['rnu'] }, EXIT.usage, /unknown command 'rnu' \(did you mean run\?\)/i],
  [
    'an unknown flag',
    { argv: planned('--raet', '2') },
    EXIT.usage,
    /unknown option '--raet' \(did you mean --rate\?\)/i,
  ],
  ['a flag without its value', { argv: planned('--rate') }, EXIT.usage, /--rate <n>' argument missing/],
  ['no scenario', { argv: ['plan'] }, EXIT.usage, /missing required argument 'scenario'/],
  ['two scenarios', { argv: ['plan', 'load', 'smoke'] }, EXIT.usage, /too many arguments/],
  [
    'an unknown scenario',
    { argv: ['plan', 'laod', '--no-build'] },
    EXIT.usage,
    /unknown scenario laod; did you mean load\?[\s\S]*smoke/,
  ],
  [
    'a scenario of the language',
    { argv: ['plan', 'constructor', '--no-build'] },
    EXIT.usage,
    /unknown scenario constructor/,
  ],
  ['a wrong flag value', { argv: planned('--rate', 'fast') }, EXIT.usage, /--rate: must be a number, got "fast"/],
  [
    'an unknown key in the configuration',
    { argv: planned(), files: { 'fini-harness.config.json': { gate: [] } } },
    EXIT.usage,
    /config\.json: \/gate unknown key; did you mean gates\?/,
  ],
  [
    'a configuration that is not there',
    { argv: planned('--config', 'my.json') },
    EXIT.usage,
    /cannot read the configuration my\.json/,
  ],
  [
    'a wrong workload line',
    { argv: planned(), files: { 'talk.jsonl': `${LINE}\n{"id":"b"}` } },
    EXIT.usage,
    /talk\.jsonl:2: \/turns is missing/,
  ],
  ['an unreadable .env', { argv: planned(), files: { '.env/x': '' } }, EXIT.usage, /cannot read .*\.env/],
  [
    'words after -- where none may stand',
    { argv: planned('--', '--out', 'json') },
    EXIT.usage,
    /plan takes nothing after --/,
  ],
  ['no key', { argv: run('--bot-id', 'bot') }, EXIT.usage, /no API key: set FINI_API_KEY/],
  ['no bot', { argv: run(), env: { FINI_API_KEY: KEY } }, EXIT.usage, /no bot id: set FINI_BOT_ID/],
  [
    'a real host, not confirmed',
    { argv: run(), env: REAL },
    EXIT.refused,
    /up to [\d,]+ turns to api-prod\.usefini\.com.* add --confirm-target api-prod\.usefini\.com/,
  ],
  [
    'another host confirmed',
    { argv: run('--confirm-target', 'x.example'), env: REAL },
    EXIT.refused,
    /--confirm-target x\.example is not the host .* use --confirm-target api-prod\.usefini\.com/,
  ],
  [
    'the key in clear text',
    { argv: run('--base-url', 'http://api.example', '--confirm-target', 'api.example'), env: REAL },
    EXIT.refused,
    /clear text/,
  ],
  ['the report of no run', { argv: ['report', '.'] }, EXIT.usage, /is not the folder of a run/],
  ['the report of nothing', { argv: ['report', 'gone'] }, EXIT.usage, /there is no .*gone/],
];

describe('main', () => {
  it.each(wrong)('answers %s with one message and nothing else', async (_name, given, exitCode, message) => {
    const result = await attempt(given);
    expect(result.err).toMatch(message);
    expect(result).toMatchObject({ exitCode, out: '' });
    expect(result.err).toMatch(/^error: [\s\S]*\n$/);
    expect(result.err).not.toMatch(/\n\s+at /);
    expect(result.err).not.toContain('canary');
    expect(existsSync(`${result.cwd}/results`)).toBe(false);
  });

  it('shows help without a command, as a usage error', async () => {
    expect(await attempt({ argv: [] })).toMatchObject({
      exitCode: EXIT.usage,
      out: '',
      err: expect.stringContaining('Usage:'),
    });
  });

  it.each(['--help', '--version', 'help'])('answers %s', async (flag) => {
    const { exitCode, out, err } = await attempt({ argv: [flag] });
    expect({ exitCode, err }).toEqual({ exitCode: EXIT.pass, err: '' });
    expect(out).toMatch(flag === '--version' ? /^\d+\.\d+\.\d+\n$/ : /Examples:/);
  });

  it.each(COMMANDS.map(({ name }) => name))('explains %s', async (name) => {
    const { exitCode, out } = await attempt({ argv: [name, '--help'] });
    expect(exitCode).toBe(EXIT.pass);
    expect(out).toContain(`Usage: fini-harness ${name}`);
    expect(out).toContain('Examples:');
  });

  it('hands what stands after -- to the command that takes it', async () => {
    const got: unknown[] = [];
    const commands = [
      entry(
        'take',
        'take',
        { flags: { a: { type: 'switch', help: 'a' } }, rest: 'more', examples: [] },
        async () => async (options) => {
          got.push(options);
          return EXIT.noEvidence;
        },
      ),
    ];
    expect(await attempt({ argv: ['take', '--', '--a', '--', 'b'], commands })).toMatchObject({
      exitCode: EXIT.noEvidence,
    });
    expect(got).toEqual([{ a: false, rest: ['--a', '--', 'b'] }]);
  });

  const failing = (error: unknown) => [
    entry('fail', 'fail', { flags: {}, examples: [] }, async () => async () => Promise.reject(error)),
  ];

  it('calls anything unexpected a harness fault, with a stack only when asked', async () => {
    const commands = failing(new Error(`broken with ${KEY}`));
    const plain = await attempt({ argv: ['fail'], commands, env: REAL });
    expect(plain).toMatchObject({
      exitCode: EXIT.harnessFault,
      err: expect.stringMatching(/^harness fault: broken with \[key\]\n/),
    });
    expect(plain.err).not.toMatch(/\n\s+at /);
    const debug = await attempt({ argv: ['fail'], commands, env: { ...REAL, FINI_HARNESS_DEBUG: '1' } });
    expect(debug.err).toMatch(/\n\s+at /);
    expect(debug.err).not.toContain(KEY);
  });

  it.each([
    [
      Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
      /^error: the disk is full/,
    ],
    [new Error('IO Error: could not write: No space left on device'), /^error: the disk is full/],
    [Object.assign(new Error('EROFS: read-only'), { code: 'EROFS' }), /^error: the file system is read-only.*--out/],
    [Object.assign(new Error('EMFILE: too many'), { code: 'EMFILE' }), /^error: out of file descriptors.*ulimit -n/],
  ])('says what to do where the system refuses: %s', async (trouble, says) => {
    const { exitCode, err } = await attempt({ argv: ['fail'], commands: failing(trouble), env: REAL });
    expect({ exitCode, err }).toEqual({ exitCode: EXIT.harnessFault, err: expect.stringMatching(says) });
    expect(err).not.toContain('defect');
  });

  it.each(PAYLOADS)('lets nothing act upon a terminal or a workflow, with %s', async (_, text) => {
    const commands = [
      entry('fail', 'fail', { flags: {}, examples: [] }, async () => async (_options, io) => {
        io.out(`out ${text}\n${styles(true).red(text)}`);
        io.err(`err ${text}\n`);
        throw usageError(`no ${text}`);
      }),
    ];
    const { out, err } = await attempt({ argv: ['fail'], commands, env: REAL });
    const [red, plain] = ['\u001b[31m', '\u001b[39m'];
    expect(out).toContain(red);
    const shown = `${out.replaceAll(red, '').replaceAll(plain, '')}${err}`;
    expect(shown).not.toMatch(/[^\P{Cc}\n]|[\p{Bidi_Control}\p{Surrogate}\u2028\u2029\ufffe\uffff]/u);
    expect(shown).not.toMatch(/^\s*::|##\w*\[/m);
    const message = err.slice(err.indexOf('error: '));
    expect(
      message
        .split('\n')
        .slice(1, -1)
        .every((line) => line.startsWith('  ')),
    ).toBe(true);
  });

  it('redacts a key that only .env holds', async () => {
    const commands = failing(usageError('bad key hunter2hunter2 of someone@mail.example'));
    const { err } = await attempt({ argv: ['fail'], commands, files: { '.env': 'FINI_API_KEY=hunter2hunter2' } });
    expect(err).toBe('error: bad key [key] of [e-mail]\n');
  });
});
