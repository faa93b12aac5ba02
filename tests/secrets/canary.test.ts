import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import type { ReferenceServer } from '../../scripts/reference-server/index.ts';
import { environmentFor, fini, ledgerOf, server as reference, scratch, settledOf } from '../e2e/support.ts';
import { type Echo, echoing, listening, server } from './echo.ts';

const cwd = scratch();
let service: ReferenceServer;
let key: string;

beforeAll(async () => {
  service = await reference();
  key = service.keys.readWrite;
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Whether a text holds the key or much of it, found by plain means. */
function holdsKey(text: string): boolean {
  const shifted = ['', 'x', 'xy'].map((before) => base64(before + key).slice(4, 40));
  return [key.slice(0, 40), key.slice(-20), key.toUpperCase(), ...shifted].some((form) => text.includes(form));
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const leakingFiles = (folder: string): string[] =>
  filesOf(folder).filter((file) => holdsKey(readFileSync(file, 'latin1')));

/** Runs the command line against a service that gives away the key. */
async function against(echo: Echo, args: readonly string[]) {
  const url = await listening(server(echoing(service.url, echo)));
  const env = { ...environmentFor(service), FINI_BASE_URL: url, FINI_HARNESS_DEBUG: '1' };
  return fini(args, { env, cwd });
}

const common: Echo = (given) => `${given} ${base64(`x:${given}`)} ${given.toUpperCase()} ${JSON.stringify({ given })}`;
const entities: Echo = (given) => [...given].map((character) => `&#${character.charCodeAt(0)};`).join('');

describe('a service that gives away the key', () => {
  it('leaves no trace of it: results, output, audit, and what k6 writes besides', async () => {
    const args = [
      'run',
      'smoke',
      '--no-build',
      '--conversations',
      '2',
      '--audit',
      '--keep-texts',
      '100',
      '--out',
      'run',
    ];
    const k6 = ['--', '--out', 'json=samples.json', '-o', 'csv=samples.csv', '-v', '--tag', 'team=support'];
    const { exitCode, stdout, stderr } = await against(common, [...args, ...k6]);
    expect(exitCode, stderr).toBe(EXIT.contractViolated);
    expect(holdsKey(stdout + stderr)).toBe(false);
    // Samples of k6 among them.
    expect(filesOf(cwd).length).toBeGreaterThan(9);
    expect(leakingFiles(cwd)).toEqual([]);
    // What was said is kept apart from the ledger.
    const texts = readFileSync(join(cwd, 'run', '.texts.ndjson'), 'utf8');
    expect(texts).toContain('[key]');
    expect(ledgerOf(join(cwd, 'run')).filter(({ kind }) => kind === 'texts')).toEqual([]);
    // It did come: the contract has seen what stood in its place.
    const violations = settledOf(ledgerOf(join(cwd, 'run'))).flatMap((settled) => settled.violations);
    expect(JSON.stringify(violations)).toContain('[key]');
    for (const file of [
      'samples.json',
      'samples.csv',
      ...['run.json', 'turns.ndjson', 'report.html'].map((name) => `run/${name}`),
    ])
      expect([file, statSync(join(cwd, file)).mode & 0o077]).toEqual([file, 0]);
  });

  it('leaves no trace of it in a drift check, which keeps whole answers', async () => {
    const { stdout, stderr } = await against(common, ['drift', '--no-build', '--budget', 'smoke', '--out', 'drift']);
    expect(holdsKey(stdout + stderr)).toBe(false);
    expect(leakingFiles(join(cwd, 'drift'))).toEqual([]);
    expect(readFileSync(join(cwd, 'drift', 'turns.ndjson'), 'utf8')).toContain('"x-echo":"[key]');
  });

  it('brings results into quarantine where it writes the key in a way that nobody does', async () => {
    const args = ['run', 'smoke', '--no-build', '--conversations', '1', '--out', 'odd'];
    const { exitCode, stderr } = await against(entities, args);
    expect(exitCode).toBe(EXIT.leaked);
    expect(stderr).toMatch(/error: a key or personal data was written\n {2}odd\/\S+: FINI_API_KEY, HTML-escaped/);
    expect(existsSync(join(cwd, 'odd'))).toBe(false);
    const place = join(cwd, 'odd.quarantined');
    expect(statSync(place).mode & 0o777).toBe(0o700);
    const { leaks } = JSON.parse(readFileSync(join(place, 'quarantine.json'), 'utf8')) as { leaks: { file: string }[] };
    expect(leaks.map(({ file }) => file)).toContain('turns.ndjson');
    // A report of it would be one of leaks again.
    const again = await fini(['report', 'odd.quarantined'], { env: environmentFor(service), cwd });
    expect(again.exitCode).toBe(EXIT.leaked);
  });
});

/** A service that counts who comes. */
async function visited() {
  let visits = 0;
  const url = await listening(
    server((_, response) => {
      visits += 1;
      response.end('[]');
    }),
  );
  return { url, visits: () => visits };
}

describe('a redirect', () => {
  it('is data, and takes the key nowhere', async () => {
    const elsewhere = await visited();
    const url = await listening(
      server((request, response) => {
        if (request.url === '/v2/bots/public') response.end(JSON.stringify([{ id: service.botId }]));
        else response.writeHead(307, { location: `${elsewhere.url}${request.url}?key=${key}` }).end();
      }),
    );
    const env = { ...environmentFor(service), FINI_BASE_URL: url };
    const args = ['run', 'smoke', '--no-build', '--conversations', '1', '--audit', '--out', 'moved'];
    const { exitCode, stdout, stderr } = await fini(args, { env, cwd });
    expect(exitCode).toBe(EXIT.contractViolated);
    expect(settledOf(ledgerOf(join(cwd, 'moved')))[0]).toMatchObject({ outcome: 'answered', status: 307 });
    expect({
      visits: elsewhere.visits(),
      said: holdsKey(stdout + stderr),
      files: leakingFiles(join(cwd, 'moved')),
    }).toEqual({
      visits: 0,
      said: false,
      files: [],
    });
  });

  it('of the first request ends a run', async () => {
    const elsewhere = await visited();
    const url = await listening(
      server((request, response) => response.writeHead(302, { location: `${elsewhere.url}${request.url}` }).end()),
    );
    const env = { ...environmentFor(service), FINI_BASE_URL: url };
    const { exitCode } = await fini(['run', 'smoke', '--no-build'], { env, cwd });
    expect({ exitCode, visits: elsewhere.visits() }).toEqual({ exitCode: EXIT.unreachable, visits: 0 });
  });
});
