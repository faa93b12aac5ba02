import { describe, expect, it } from 'vitest';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { main } from '../../scripts/main.ts';
import { type TargetChoice, wantsEmbedded } from '../../scripts/run/wants-embedded.ts';
import { scratch } from '../cli/scratch.ts';
import { recordedIo } from '../io.ts';

type Env = Readonly<Record<string, string>>;

const decide = (choice: Partial<TargetChoice>, env: Env = {}, namesService = false) =>
  wantsEmbedded({ embedded: false, ...choice }, namesService, env);

describe('the reference server is used', () => {
  it.each<[string, Partial<TargetChoice>, Env]>([
    ['nothing is said', {}, {}],
    ['CI is empty', {}, { CI: '' }],
    ['CI is false', {}, { CI: 'false' }],
    ['it is asked for in CI', { embedded: true }, { CI: 'true' }],
    ['it is asked for, whatever is empty', { embedded: true }, { FINI_API_KEY: '', FINI_BOT_ID: '' }],
    ['it is asked for, though a host was confirmed', { embedded: true, confirmTarget: 'api-prod.usefini.com' }, {}],
  ])('where %s', (_what, choice, env) => {
    expect(decide(choice, env)).toBe(true);
  });

  it.each<[string, Env, boolean]>([
    ['a key', { FINI_API_KEY: 'fini_x', CI: 'true', FINI_BOT_ID: '' }, false],
    ['a bot or a base URL', { FINI_API_KEY: '', CI: 'true' }, true],
  ])('never where %s names a service', (_what, env, namesService) => {
    expect(decide({}, env, namesService)).toBe(false);
  });

  const REAL = 'https://api-prod.usefini.com';
  it.each<[string, readonly string[], Env, object]>([
    ['in the environment', [], { FINI_BASE_URL: REAL }, {}],
    ['in a flag', ['--base-url', REAL], {}, {}],
    ['in the configuration', [], {}, { baseUrl: REAL }],
    ['as a bot', ['--bot-id', 'bot'], {}, {}],
  ])('never where the real service is named %s, without a key', async (_where, flags, env, config) => {
    const io = recordedIo({ env, cwd: scratch({ 'fini-harness.config.json': config }) });
    expect(await main(['run', 'smoke', '--no-build', ...flags], io)).toBe(EXIT.usage);
    expect(io.said().err).toMatch(/^error: no (API key|bot id)/);
  });
});

const REFUSED: [string, readonly string[], Env, string][] = [
  ['an empty key', [], { FINI_API_KEY: '' }, 'FINI_API_KEY is set but empty'],
  ['a key of blanks', [], { FINI_API_KEY: '  ' }, 'FINI_API_KEY is set but empty'],
  ['an empty key file', [], { FINI_API_KEY_FILE: '' }, 'FINI_API_KEY_FILE is set but empty'],
  ['an empty bot', [], { FINI_BOT_ID: '' }, 'FINI_BOT_ID is set but empty'],
  ['an empty base URL', [], { FINI_BASE_URL: '' }, 'FINI_BASE_URL is set but empty'],
  ['several', [], { FINI_API_KEY: '', FINI_BOT_ID: '' }, 'FINI_API_KEY and FINI_BOT_ID are set but empty'],
  ['CI', [], { CI: 'true' }, 'CI is set'],
  ['CI of another kind', [], { CI: '1' }, 'CI is set'],
];

const confirmed: (typeof REFUSED)[number] = [
  'a confirmed host',
  ['--confirm-target', 'api-prod.usefini.com'],
  {},
  '--confirm-target api-prod.usefini.com was given',
];

const COMMANDS: [string, readonly string[], typeof REFUSED][] = [
  ['run', ['run', 'smoke', '--no-build'], [...REFUSED, confirmed]],
  ['drift', ['drift', '--no-build', '--budget', 'smoke'], [...REFUSED, confirmed]],
  ['capacity', ['capacity', '--no-build', '--slo', 'p95<8s'], [...REFUSED, confirmed]],
  ['compare --interleave', ['compare', '--interleave', '2', '--no-build', 'a.json', 'b.json'], [...REFUSED, confirmed]],
  ['plan', ['plan', 'smoke', '--no-build'], REFUSED],
];

describe.each(COMMANDS)('%s does not fall back to it', (_command, argv, cases) => {
  it.each(cases)('with %s', async (_what, flags, env, message) => {
    const cwd = scratch({ 'a.json': {}, 'b.json': {} });
    const io = recordedIo({ env, cwd });
    expect(await main([...argv, ...flags], io)).toBe(EXIT.usage);
    const { out, err } = io.said();
    expect(err).toContain(`error: ${message}, and no service is configured: set FINI_API_KEY and FINI_BOT_ID`);
    expect({ out, err }).toEqual({ out: '', err: expect.stringContaining('--embedded') });
  });

  it('with an empty key in .env', async () => {
    const io = recordedIo({ cwd: scratch({ '.env': 'FINI_API_KEY=\n', 'a.json': {}, 'b.json': {} }) });
    expect(await main([...argv], io)).toBe(EXIT.usage);
    expect(io.said().err).toContain('FINI_API_KEY is set but empty');
  });
});

it('doctor says so before a run does', async () => {
  const io = recordedIo({ env: { FINI_API_KEY: '', PATH: process.env.PATH ?? '' }, cwd: scratch() });
  expect(await main(['doctor'], io)).toBe(EXIT.usage);
  expect(io.said().out).toContain('FINI_API_KEY is set but empty');
});
