import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { redactFields } from '../../contracts/redact.ts';
import { outputFiles } from '../../scripts/k6/output-files.ts';
import { prepare } from '../../scripts/run/plan/prepare.ts';
import { restoreWorkload } from '../../scripts/run/plan/restore-workload.ts';
import { newGuard } from '../../scripts/secrets/guard.ts';
import { handOver } from '../../scripts/secrets/hand-over.ts';
import { scratch } from '../cli/scratch.ts';
import { recordedIo } from '../io.ts';

const KEY = 'fini_canary0123456789';
const GRACE = { user_attributes: { name: 'Grace Okafor', phone: 491701234567, email: 'grace@mail.example' } };
const SCRIPT = { id: 'a', metadata: GRACE, turns: [{ content: 'I am Grace Okafor of Lagos, and it is late' }] };
const personalData = { fields: ['name', 'phone'], values: ['Lagos'], patterns: ['l\\w+te'] };

/** A plan to hold this conversation, as a command prepares it. */
async function prepared(script: unknown = SCRIPT, config: object = {}) {
  const cwd = scratch({ 'talk.jsonl': JSON.stringify(script), 'c.json': { personalData, ...config } });
  const guard = newGuard({ FINI_API_KEY: KEY });
  const io = recordedIo({ cwd, guard, env: { FINI_API_KEY: KEY } });
  const flags = { workload: 'talk.jsonl' };
  const { plan } = await prepare({ scenario: 'load', flags, config: 'c.json', build: false }, io);
  return { cwd, guard, plan };
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('handOver', () => {
  it('keeps a plan without personal data, and gives the whole one to k6 alone, for as long as it runs', async () => {
    const { guard, plan } = await prepared();
    const folder = scratch();
    const { path, redaction, withdraw } = await handOver(plan, join(folder, 'run.json'), guard);
    expect(json(path)).toEqual(JSON.parse(JSON.stringify(plan)));
    expect([path, dirname(path)].map((it) => statSync(it).mode & 0o077)).toEqual([0, 0]);
    expect(redaction.FINI_REDACTION).toContain(KEY.slice(0, 10));
    expect(readFileSync(redaction.FINI_PERSONAL ?? '', 'utf8')).not.toContain('canary');
    await withdraw();
    expect(() => statSync(dirname(path))).toThrow();

    const kept = readFileSync(join(folder, 'run.json'), 'utf8');
    for (const datum of ['Grace', 'Okafor', '491701234567', 'mail.example', 'Lagos'])
      expect(kept, datum).not.toContain(datum);
    expect(JSON.parse(kept)).toMatchObject({
      seed: plan.seed,
      gates: JSON.parse(JSON.stringify(plan.gates)),
      schedule: plan.schedule,
      workload: {
        redacted: true,
        conversations: [{ turns: [{ content: 'I am [personal] of [personal], and it is [personal]' }] }],
      },
    });
    expect(guard.watched()).toEqual([folder]);
  });

  it.each(['one@mail.example', '{local}+{run}@mail.example', '{local}@{domain}'])(
    'keeps no address of the template of customers %s, which k6 gets',
    async (customerEmail) => {
      const { guard, plan } = await prepared(undefined, { customerEmail });
      const path = join(scratch(), 'run.json');
      const handed = await handOver(plan, path, guard);
      expect(json(handed.path)).toMatchObject({ customerEmail });
      await handed.withdraw();
      const kept = customerEmail.includes('mail.example') ? '[e-mail]' : customerEmail;
      expect(json(path)).toMatchObject({ customerEmail: kept, config: { customerEmail: kept } });
    },
  );

  it.each([
    [{ botId: 'one@mail.example' }, /^botId contains/],
    [{ gates: [{ metric: 'latency.p95{script:one@mail.example}', op: '<', limit: '1s' }] }, /^gates contains/],
  ])('refuses a plan with an address: %j', async (config, message) => {
    const script = { ...SCRIPT, id: 'one@mail.example' };
    await expect(prepared(script, config)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(message) as string,
    });
  });

  it('keeps a plan as it is where nothing in it is personal', async () => {
    const { guard, plan } = await prepared({ id: 'a', turns: [{ content: 'Where is my order?' }] });
    const folder = scratch();
    await (await handOver(plan, join(folder, 'run.json'), guard)).withdraw();
    expect(json(join(folder, 'run.json'))).toMatchObject({ workload: JSON.parse(JSON.stringify(plan.workload)) });
  });
});

describe('restoreWorkload', () => {
  it('reads again what was not kept, while it is the same', async () => {
    const { cwd, guard, plan } = await prepared();
    const folder = scratch();
    await (await handOver(plan, join(folder, 'run.json'), guard)).withdraw();
    const kept = json(join(folder, 'run.json')) as typeof plan;
    expect((await restoreWorkload(kept, cwd)).workload).toEqual(plan.workload);
    const other = scratch({ 'talk.jsonl': '{"id":"a","turns":[{"content":"else"}]}' });
    for (const elsewhere of [other, scratch()]) {
      expect((await restoreWorkload(kept, elsewhere)).workload.redacted).toBe(true);
    }
  });
});

describe('a key in what is sent', () => {
  it.each<[string, unknown, object]>([
    ['the target', SCRIPT, { baseUrl: `http://127.0.0.1/${KEY}` }],
    ['the workload', { id: 'a', turns: [{ content: `my key is ${KEY}` }] }, {}],
    ['the configuration', SCRIPT, { embedded: { seed: KEY } }],
  ])('is refused in %s', async (place, script, config) => {
    const error = await prepared(script, config).catch((reason: Error) => reason);
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining(`${place} contains the API key`) });
    expect(String(error)).not.toContain('canary');
  });
});

describe('patterns of personal data', () => {
  it.each([
    ['(', /is not a regular expression/],
    ['x*', /matches everywhere/],
    ['\\p{L}+', /which k6 does not support/],
    ['(?<name>a)', /which k6 does not support/],
  ])('%s is refused', async (pattern, message) => {
    const error = await prepared(SCRIPT, { personalData: { patterns: [pattern] } }).catch((reason: Error) => reason);
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
  });
});

describe('redactFields', () => {
  it.each([
    ['{"name":"Grace \\"G\\" Okafor","plan":"free"}', '{"name":"[personal]","plan":"free"}'],
    ['{"a":{"phone" : 49170, "names":"x"}}', '{"a":{"phone" : "[personal]", "names":"x"}}'],
    ['{"name":null,"phone":{"name":"x"}}', '{"name":null,"phone":{"name":"[personal]"}}'],
    ['not JSON "name":"x', 'not JSON "name":"x'],
    ['{"user name":"x"}', '{"user name":"x"}'],
  ])('%s becomes %s', (text, redacted) => {
    expect(redactFields(text, ['name', 'phone'])).toBe(redacted);
  });
});

describe('outputFiles', () => {
  it.each([
    [['--out', 'json=a.json'], ['/w/a.json']],
    [
      ['--out=csv=a.csv', '-o', 'json=/x/b.gz'],
      ['/w/a.csv', '/x/b.gz'],
    ],
    [['-ocsv=fileName=c.csv,saveInterval=1s'], ['/w/c.csv']],
    [['--out', 'csv=saveInterval=1s,fileName=d.csv'], ['/w/d.csv']],
    [['--out', 'csv'], ['/w/from-env.csv']],
    [['--out', 'csv=saveInterval=1s'], ['/w/from-env.csv']],
    [['--out', 'json=a,b.json'], ['/w/a,b.json']],
    [['--out', 'json=key=value.json'], ['/w/key=value.json']],
    [
      ['--out', 'web-dashboard=export=page.html&record=r.ndjson'],
      ['/w/page.html', '/w/r.ndjson'],
    ],
    [['--out', 'json', '--out', 'json=-'], []],
    [['--out', 'influxdb=http://localhost', '--tag', 'json=x', '-v'], []],
  ])('of %j are %j', (args, files) => {
    expect(outputFiles(args, '/w', { K6_CSV_FILENAME: 'from-env.csv' })).toEqual(files);
  });

  it('are where k6 writes CSV that nobody named', () => {
    expect(outputFiles(['--out', 'csv'], '/w')).toEqual(['/w/file.csv']);
  });
});
