import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../scripts/foundation/exit-codes.ts';
import { apiKeyOf, environmentOf } from '../../../scripts/run/config/environment.ts';
import { type ConfigFlags, loadConfig } from '../../../scripts/run/config/load.ts';
import { CONFIG_FILE } from '../../../scripts/run/config/read-config-file.ts';
import { scratch } from '../../cli/scratch.ts';
import { recordedIo } from '../../io.ts';

interface Sources {
  readonly flags?: ConfigFlags;
  readonly file?: unknown;
  readonly env?: Readonly<Record<string, string>>;
}

const load = ({ flags = {}, file, env = {} }: Sources) =>
  loadConfig({ flags }, recordedIo({ env, cwd: scratch(file === undefined ? {} : { [CONFIG_FILE]: file }) }));

describe('loadConfig', () => {
  it('fills in the defaults, nested ones too', async () => {
    const { config } = await load({});
    expect(config).toMatchObject({
      baseUrl: 'https://api-prod.usefini.com',
      seed: 1,
      arrivals: 'poisson',
      timeout: '60s',
      thinkTime: { law: 'lognormal', mean: '5s', cv: 0.6 },
      continuation: { strategy: 'discover' },
      breaker: { rateLimited: 10 },
    });
    expect(config.gates).toHaveLength(5);
  });

  it('takes flags over file over environment over defaults', async () => {
    const env = { FINI_BASE_URL: 'https://env.example', FINI_BOT_ID: 'env' };
    const file = { botId: 'file', seed: 2, timeout: '5s' };
    expect((await load({ env })).config).toMatchObject({ baseUrl: 'https://env.example', botId: 'env', seed: 1 });
    expect((await load({ env, file })).config).toMatchObject({ botId: 'file', seed: 2 });
    expect((await load({ env, file, flags: { botId: 'flag', seed: 3 } })).config).toMatchObject({
      baseUrl: 'https://env.example',
      botId: 'flag',
      seed: 3,
      timeout: '5s',
    });
  });

  it.each([
    [{ flags: { rate: 2 }, file: { concurrency: 5 } }, { rate: 2 }, 'concurrency'],
    [{ flags: { concurrency: 5 }, file: { rate: 2 } }, { concurrency: 5 }, 'rate'],
  ])('lets rate and concurrency replace each other: %j', async (sources, kept, dropped) => {
    const { config } = await load(sources);
    expect(config).toMatchObject(kept);
    expect(config).not.toHaveProperty(dropped);
  });

  it('is frozen to the bottom', async () => {
    const { config } = await load({});
    expect(() => Object.assign(config, { seed: 9 })).toThrow(TypeError);
    expect(() => Object.assign(config.gates[0] ?? {}, { limit: 1e9 })).toThrow(TypeError);
  });

  it('does not share defaults between two loads', async () => {
    const [a, b] = await Promise.all([load({}), load({})]);
    expect(a.config.gates).not.toBe(b.config.gates);
  });

  it('resolves files from where they are named', async () => {
    const cwd = scratch({
      'sub/my.json': { workload: 'talk.jsonl', continuation: { strategy: 'fixed', ids: 'ids.txt' } },
    });
    const read = (flags: ConfigFlags) => loadConfig({ flags, path: 'sub/my.json' }, recordedIo({ cwd }));
    expect((await read({})).files).toEqual({ workload: `${cwd}/sub/talk.jsonl`, ids: `${cwd}/sub/ids.txt` });
    expect((await read({ workload: 'other.jsonl' })).files.workload).toBe(`${cwd}/other.jsonl`);
  });

  it('drops slashes at the end of the base URL', async () => {
    expect((await load({ flags: { baseUrl: 'http://127.0.0.1:8080//' } })).config.baseUrl).toBe(
      'http://127.0.0.1:8080',
    );
  });

  const wrong: [string, Sources, string | RegExp][] = [
    ['an unknown key', { file: { sed: 1 } }, `${CONFIG_FILE}: /sed unknown key; did you mean seed?`],
    [
      'an unknown nested key',
      { file: { thinkTime: { meen: '1s' } } },
      `/thinkTime/meen unknown key; did you mean mean?`,
    ],
    ['a key like no other', { file: { zzzzzzzzzz: 1 } }, /unknown key; known keys: .*baseUrl, botId/],
    ['a secret in the file', { file: { apiKey: 'hunter2' } }, /\/apiKey unknown key; secrets .* FINI_API_KEY/],
    ['a wrong type in a flag', { flags: { rate: 'fast' } }, '--rate: must be a number, got "fast"'],
    ['a wrong type in a long flag', { flags: { maxTurns: 1.5 } }, '--max-turns: must be an integer, got 1.5'],
    ['a rate of nothing', { flags: { rate: 0 } }, '--rate: must be > 0, got 0'],
    [
      'a wrong choice',
      { flags: { arrivals: 'uniform' } },
      '--arrivals: must be one of "poisson", "even", "dispersed", got "uniform"',
    ],
    ['a wrong duration', { flags: { duration: '5 minutes' } }, '--duration: must be a duration such as 500ms'],
    ['an endless duration', { file: { drain: '99999999h' } }, '/drain must be at most 168h, got 99999999h'],
    ['more turns than can be counted', { flags: { maxTurns: 1e12 } }, '--max-turns: must be <= 10000000'],
    ['an empty duration', { flags: { duration: '0s' } }, '--duration: must be more than 0'],
    ['a wrong URL in the environment', { env: { FINI_BASE_URL: 'api' } }, 'FINI_BASE_URL: must be a URL that starts'],
    ['an empty URL beside a key', { env: { FINI_API_KEY: 'k', FINI_BASE_URL: ' ' } }, 'FINI_BASE_URL: must be a URL'],
    ['a URL that is none', { flags: { baseUrl: 'http://' } }, '--base-url: must be a URL'],
    [
      'a URL with a password',
      { flags: { baseUrl: 'https://a:b@c.example' } },
      '--base-url: must not contain a user name',
    ],
    ['a URL with a query', { flags: { baseUrl: 'https://c.example/?a=b' } }, '--base-url: must not have a query'],
    ['a wrong gate', { file: { gates: [{ metric: 'p95', op: '<', limit: 1 }] } }, '/gates/0/metric must be one of'],
    ['a gate without limit', { file: { gates: [{ metric: 'latency.p95', op: '<' }] } }, '/gates/0/limit is missing'],
    ...['x', '{foo}@{domain}', 'a b@{domain}', '{local}@{domain}\n', '<i>@{domain}', '{local}@{domain}@x'].map(
      (customerEmail): (typeof wrong)[number] => [
        `the template ${JSON.stringify(customerEmail)}`,
        { file: { customerEmail } },
        /customerEmail must be an address whose parts may be \{local\}, .*, got/,
      ],
    ),
    ['ids that are missing', { file: { continuation: { strategy: 'fixed' } } }, '/continuation/ids is missing'],
    ['pauses that are missing', { file: { thinkTime: { law: 'empirical' } } }, '/thinkTime/values is missing'],
    ['patience of nothing', { file: { patience: { mean: '0s' } } }, '/patience/mean must be more than 0'],
    ['two load models', { flags: { rate: 1, concurrency: 1 } }, '--rate and --concurrency cannot be combined'],
    ['a list', { file: [] }, 'must be a JSON object'],
    ['a key of the language', { file: '{"__proto__": {"rate": 1}}' }, '/__proto__ unknown key'],
    ['no JSON', { file: '{"seed": 1,}' }, `${CONFIG_FILE} is not valid JSON`],
    ['too deep', { file: `{"gates":${'['.repeat(50_000)}${']'.repeat(50_000)}}` }, 'nested more than 100 levels deep'],
  ];
  it.each(wrong)('refuses %s', async (_name, sources, message) => {
    const refused = expect(load(sources)).rejects;
    await refused.toMatchObject({ exitCode: EXIT.usage });
    await refused.toThrow(message);
    await refused.not.toThrow(/hunter2/);
  });

  it('names everything that is wrong at once, each by its place', async () => {
    const sources = { flags: { seed: -1 }, file: { timeout: 5 }, env: { FINI_BASE_URL: 'x' } };
    await expect(load(sources)).rejects.toThrow(
      /the configuration is invalid:\n(?=[\s\S]*--seed: must be >= 0)(?=[\s\S]*config.json: \/timeout must be a string)(?=[\s\S]*FINI_BASE_URL: )/,
    );
  });

  it('refuses a named file that does not exist, and does without the default one', async () => {
    const io = recordedIo({ cwd: scratch() });
    await expect(loadConfig({ flags: {}, path: 'gone.json' }, io)).rejects.toThrow(
      /cannot read the configuration gone.json/,
    );
    await expect(loadConfig({ flags: {} }, io)).resolves.toBeDefined();
  });
});

describe('environmentOf', () => {
  it('reads .env under the real environment, and takes empty for not set', () => {
    const cwd = scratch({ '.env': 'FINI_BOT_ID=file\nFINI_API_KEY="from file"\nFINI_BASE_URL=https://file.example\n' });
    expect(environmentOf({ env: { FINI_BOT_ID: 'real', FINI_BASE_URL: '' }, cwd })).toEqual({
      FINI_BOT_ID: 'real',
      FINI_API_KEY: 'from file',
      FINI_BASE_URL: 'https://file.example',
    });
  });

  it('refuses an .env that cannot be read', () => {
    expect(() => environmentOf({ env: {}, cwd: scratch({ '.env/file': '' }) })).toThrow(/cannot read .*\.env/);
  });
});

describe('apiKeyOf', () => {
  it('takes the key without the blanks around it', () => {
    expect(apiKeyOf({ FINI_API_KEY: ' fini_abc\n' })).toBe('fini_abc');
  });

  it.each([
    ['none', {}, /no API key: set FINI_API_KEY/],
    ['a blank one', { FINI_API_KEY: '  ' }, /no API key/],
    ['two lines', { FINI_API_KEY: 'hunter2\nhunter3' }, /a blank or a character that is not allowed in a key/],
    ['quotes', { FINI_API_KEY: '"hunter2"' }, /FINI_API_KEY has quotes around the key/],
    ['single quotes', { FINI_API_KEY: "'hunter2'" }, /FINI_API_KEY has quotes around the key/],
    ['typographic quotes', { FINI_API_KEY: '“hunter2”' }, /FINI_API_KEY has quotes around the key/],
    ['a quote left over', { FINI_API_KEY: 'hunter2"' }, /FINI_API_KEY has quotes around the key/],
    ['an ellipsis', { FINI_API_KEY: 'hunter2…' }, /a blank or a character that is not allowed in a key/],
  ])('refuses %s without showing it', (_name, env, message) => {
    expect(() => apiKeyOf(env)).toThrow(message);
    expect(() => apiKeyOf(env)).not.toThrow(/hunter/);
  });
});
