import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newGuard } from '../../../scripts/secrets/guard.ts';
import { startView, type View } from '../../../scripts/view/server/start-view.ts';
import { sampleFolder } from '../sample-folder.ts';
import { ask } from './ask.ts';

let root: string;
let outside: string;
let view: View;
let cookie: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'fini-harness-view-test-'));
  outside = mkdtempSync(join(tmpdir(), 'fini-harness-outside-'));
  const secret = await sampleFolder(outside, 'secret');
  await sampleFolder(root, 'run');
  symlinkSync(secret, join(root, 'linked'));
  mkdirSync(join(root, 'file-linked'));
  writeFileSync(join(root, 'file-linked', 'run.json'), '{}');
  symlinkSync(join(secret, 'turns.ndjson'), join(root, 'file-linked', 'turns.ndjson'));
  symlinkSync(join(secret, 'report.html'), join(root, 'file-linked', 'report.html'));
  view = await startView({ folder: root, memory: join(root, 'drift'), redact: (it) => it });
  afterAll(async () => {
    await view?.close();
    for (const folder of [root, outside]) rmSync(folder, { recursive: true, force: true });
  });
  cookie =
    (await asked(new URL(view.url).pathname + new URL(view.url).search)).headers['set-cookie']?.[0]?.split(';')[0] ??
    '';
});

const asked = (path: string, how?: Parameters<typeof ask>[2]) => ask(new URL(view.url).port, path, how);
const own = (path: string, headers: Record<string, string> = {}) => asked(path, { headers: { cookie, ...headers } });

describe('the printed address', () => {
  it('is of this machine, opens once, and is no text that is redacted', async () => {
    const { hostname, pathname, search } = new URL(view.url);
    expect(hostname).toBe('127.0.0.1');
    expect(newGuard({}).redact(view.url)).toBe(view.url);
    expect(await asked(pathname + search)).toMatchObject({ status: 403 });
    expect(await own(pathname + search)).toMatchObject({ status: 200 });
  });

  it('gives a cookie that no script and no other site can use', async () => {
    const fresh = await startView({ folder: root, memory: root, redact: (it) => it });
    const response = await fetch(fresh.url);
    await fresh.close();
    expect(response.headers.get('set-cookie')).toMatch(
      /^fini-harness-view-\d+=[\w-]+; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it.each(['', '?token=', '?token=x', '?tokens=1'])('refuses /open%s', async (query) => {
    const fresh = await startView({ folder: root, memory: root, redact: (it) => it });
    const { status } = await fetch(new URL(`/open${query}`, fresh.url));
    await fresh.close();
    expect(status).toBe(403);
  });
});

describe('whoever has no cookie', () => {
  it.each(['/', '/view.js', '/view.css', '/api/runs', '/api/run?run=run', '/report?run=run', '/nothing'])(
    'is refused %s',
    async (path) => {
      expect((await asked(path)).status).toBe(403);
      expect((await asked(path, { headers: { cookie: `${cookie.split('=')[0]}=wrong` } })).status).toBe(403);
    },
  );
});

describe('a request of another page', () => {
  it.each([
    ['another Host, as by DNS rebinding', { host: 'attacker.example' }, 421],
    ['a Host without the port', { host: '127.0.0.1' }, 421],
    ['a name that only begins alike', { host: '127.0.0.1.attacker.example:80' }, 421],
    ['another origin', { origin: 'https://attacker.example' }, 403],
    ['the origin of a file or a sandbox', { origin: 'null' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }, 403],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a server on another port', { 'sec-fetch-site': 'same-site' }, 403],
  ])('with %s is refused', async (_, headers, status) => {
    expect((await own('/api/runs', headers)).status).toBe(status);
    expect((await own('/report?run=run', headers)).status).toBe(status);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('by %s is refused', async (method) => {
    expect(await asked('/api/runs', { method, headers: { cookie } })).toMatchObject({ status: 405 });
  });

  it('is answered where it is the own page', async () => {
    const { host, origin } = new URL(view.url);
    const headers = { host, origin, 'sec-fetch-site': 'same-origin' };
    expect(await own('/api/runs', headers)).toMatchObject({ status: 200 });
    expect((await own('/api/runs')).headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('what leads out of the results', () => {
  it.each([
    '..',
    '../..',
    'run/..',
    'run/../../',
    '/etc',
    '%2e%2e',
    '..%2f..',
    'run%00',
    '..\\..',
    'linked',
    'linked/',
    'nothing',
    './../',
    'file-linked',
  ])('%s is refused', async (id) => {
    for (const path of ['api/run', 'api/live', 'api/turns', 'api/conversation', 'api/search', 'api/drift', 'report']) {
      const { status, body } = await own(`/${path}?run=${id}`);
      if (id === 'run/..' && path === 'api/run') continue;
      expect([path, status >= 400, body.includes('The report')]).toEqual([path, true, false]);
    }
  });

  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '//etc/passwd',
    '/view.css/../../x',
    '/%',
    'http://[',
    '/api/constructor',
    '/api/__proto__',
  ])('the path %s is refused', async (path) => {
    expect((await own(path)).status).toBeGreaterThanOrEqual(400);
  });

  it('is not in the list either', async () => {
    const { body } = await own('/api/runs');
    const ids = (JSON.parse(body) as { runs: { id: string }[] }).runs.map(({ id }) => id);
    expect(ids.sort()).toEqual(['file-linked', 'run']);
  });
});

describe('every answer', () => {
  it.each(['/', '/view.js', '/view.css', '/api/runs', '/nothing'])(
    '%s has a policy that lets nothing of others in',
    async (path) => {
      const { headers } = await own(path);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
      });
    },
  );

  it('gives a report no script, no origin and no request', async () => {
    const { headers, body } = await own('/report?run=run');
    expect(body).toContain('The report');
    expect(headers['content-security-policy']).toBe(
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
    );
  });
});

it('takes the links of a report away that lead nowhere in its sandbox', async () => {
  const folder = join(root, 'check');
  mkdirSync(folder);
  writeFileSync(join(folder, 'run.json'), '{"chains": []}');
  writeFileSync(
    join(folder, 'report.html'),
    '<a href="#x">x</a><a href="evidence/000014.json">evidence/000014.json</a>',
  );
  expect((await own('/report?run=check')).body).toBe('<a href="#x">x</a>evidence/000014.json');
  rmSync(folder, { recursive: true });
});

it('answers text that neither turns the direction of a page nor acts upon what it is pasted into', async () => {
  const folder = join(root, 'hostile');
  mkdirSync(folder);
  const headline = 'a\u202eb\u001b[31mc\u2066<script>';
  writeFileSync(join(folder, 'comparison.json'), JSON.stringify({ outcome: 'inconclusive', headline }));
  const { reason } = JSON.parse((await own('/api/run?run=hostile')).body) as { reason: string };
  rmSync(folder, { recursive: true });
  expect(reason).toBe('a\\u202eb\\u001b[31mc\\u2066<script>');
});

describe('a query that is none', () => {
  it.each([
    'from=x',
    'from=1e99',
    'page=-1',
    'page=0.5',
    'show=all',
    'sort=up',
    'conversation=1%20OR%201',
    `rule=${'x'.repeat(201)}`,
  ])('%s is refused', async (query) => {
    expect(await own(`/api/turns?run=run&${query}`)).toMatchObject({ status: 400 });
  });

  it('stays a text where it is a rule', async () => {
    const { status, body } = await own(`/api/turns?run=run&rule=${encodeURIComponent("x') OR 1=1 --")}`);
    expect([status, (JSON.parse(body) as { matching: number }).matching]).toEqual([200, 0]);
  });
});

it('says what is wrong with a folder', async () => {
  const options = { memory: root, redact: (it: string) => it };
  await expect(startView({ ...options, folder: join(root, 'none') })).rejects.toThrow(
    /there is no .*none: give the folder of the results/,
  );
  await expect(startView({ ...options, folder: join(root, 'run', 'run.json') })).rejects.toThrow(/is not a folder/);
});
