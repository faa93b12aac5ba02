import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HarnessError } from '../../scripts/foundation/errors.ts';
import { inputsOf } from '../../scripts/k6/go-build.ts';
import { OLDEST, PINNED, type Pin } from '../../scripts/k6/pin.ts';
import { findK6, provideK6 } from '../../scripts/k6/provision.ts';
import { isSupported, k6Version } from '../../scripts/k6/version.ts';
import { recordedIo } from '../io.ts';

const k6Script = (version: string, name = 'k6'): string =>
  `#!/bin/sh\necho '${name} v${version} (go1.26.8, linux/amd64)'\n`;
/** A `go` of some version that writes what a test wants to the file after -o. */
const goScript = (output: string, version = 'go1.27.0'): string => `#!/bin/sh
if [ "$1" = env ]; then echo ${version}; exit; fi
while [ "$1" != -o ]; do shift; done
/bin/cat > "$2" <<'K6'
${output}K6
/bin/chmod +x "$2"
`;

let folder: string;
let archive: Buffer;
let server: Server;
let releaseUrl: string;

async function executable(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
}

beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), 'k6-release-'));
  await executable(join(root, 'k6-v2.2.0-linux-amd64', 'k6'), k6Script('2.2.0'));
  await create({ gzip: true, cwd: root, file: join(root, 'k6.tar.gz') }, ['k6-v2.2.0-linux-amd64']);
  archive = await readFile(join(root, 'k6.tar.gz'));
  await rm(root, { recursive: true });
  server = createServer((request, response) => {
    response.writeHead(request.url === '/k6.tar.gz' ? 200 : 403).end(request.url === '/k6.tar.gz' ? archive : '');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  releaseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/k6.tar.gz`;
});
afterAll(() => server.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'k6-provision-'));
  return () => rm(folder, { recursive: true });
});

const PLATFORM = `${process.platform}-${process.arch}`;
const withoutRelease: Pin = { ...PINNED, releases: {} };
const released = (sha256 = createHash('sha256').update(archive).digest('hex'), url = releaseUrl): Pin => ({
  ...PINNED,
  releases: { [PLATFORM]: { url, sha256 } },
});
const io = (env: Record<string, string> = {}) =>
  recordedIo({ cwd: folder, env: { FINI_HARNESS_CACHE: join(folder, 'cache'), PATH: join(folder, 'bin'), ...env } });
const cachePath = () => join(folder, 'cache', 'k6', '2.2.0', 'k6');
/** Where a build goes; `how`: with an experiment of Go's. */
const builtPath = async (pin: Pin = PINNED, how = '') =>
  join(folder, 'cache', 'k6', `${pin.version}${how}-${await inputsOf(pin)}`, 'k6');

describe('K6_BIN', () => {
  test('is taken before all others, from the working folder', async () => {
    await executable(cachePath(), k6Script('2.2.0'));
    await executable(join(folder, 'mine'), k6Script('1.8.1'));
    expect(await findK6(io({ K6_BIN: 'mine' }))).toEqual({
      path: join(folder, 'mine'),
      version: '1.8.1',
      source: 'K6_BIN',
    });
  });

  test('may have another name than k6, which it then calls itself by', async () => {
    await executable(join(folder, 'k6 2'), k6Script('2.2.0', 'k6 2'));
    expect(await findK6(io({ K6_BIN: 'k6 2' }))).toMatchObject({ version: '2.2.0', source: 'K6_BIN' });
  });

  test.each([
    ['missing', undefined, /K6_BIN is .*mine, which is not a working k6/],
    ['not k6', '#!/bin/sh\necho hello\n', /K6_BIN is .*mine, which is not a working k6/],
    ['another program', k6Script('2.2.0', 'other'), /K6_BIN is .*mine, which is not a working k6/],
    ['failing', '#!/bin/sh\necho k6 v2.2.0\nexit 1\n', /K6_BIN is .*mine, which is not a working k6/],
    ['too old', k6Script('0.51.0'), /K6_BIN is .*mine, k6 0\.51\.0; supported: >= 1\.0 and < 3/],
    ['too new', k6Script('3.0.0'), /K6_BIN is .*mine, k6 3\.0\.0/],
  ])('%s: an error, even where another k6 would do', async (_name, text, message) => {
    await executable(cachePath(), k6Script('2.2.0'));
    if (text !== undefined) await executable(join(folder, 'mine'), text);
    const failure = await findK6(io({ K6_BIN: 'mine' })).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HarnessError);
    expect(failure).toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
  });
});

test('a k6 that was built with xk6-ts says so', async () => {
  const extension = 'github.com/grafana/xk6-ts v0.3.0, k6/x/ts [js]';
  const path = await executable(join(folder, 'k6'), `${k6Script('0.51.0')}echo 'Extensions:'\necho '  ${extension}'\n`);
  expect(await k6Version(path)).toBe('0.51.0+xk6-ts');
});

describe('order', () => {
  test('the cache comes before PATH', async () => {
    await executable(cachePath(), k6Script('2.2.0'));
    await executable(join(folder, 'bin', 'k6'), k6Script('2.1.0'));
    expect(await findK6(io())).toMatchObject({ path: cachePath(), source: 'cache' });
  });

  test('a broken file in the cache is passed over', async () => {
    await executable(cachePath(), 'half a download');
    await executable(join(folder, 'bin', 'k6'), k6Script('2.1.0'));
    expect(await findK6(io())).toMatchObject({ version: '2.1.0', source: 'PATH' });
  });

  test('an unsupported k6 on PATH gives way to the release', async () => {
    await executable(join(folder, 'bin', 'k6'), k6Script('0.51.0'));
    expect(await findK6(io(), released())).toEqual({ path: cachePath(), version: '2.2.0', source: 'release' });
    expect(await findK6(io(), released())).toMatchObject({ source: 'cache' });
  });

  test('exactly the pinned version does not look on PATH', async () => {
    await executable(join(folder, 'bin', 'k6'), k6Script('2.1.0'));
    expect(await provideK6(io(), released())).toMatchObject({ version: '2.2.0', source: 'release' });
  });
});

describe('release and build', () => {
  test('what a killed process left in the cache is removed, and what another one makes now is not', async () => {
    const left = join(dirname(cachePath()), 'new-left');
    const busy = join(dirname(cachePath()), 'new-busy');
    for (const path of [left, busy]) await mkdir(path, { recursive: true });
    const before = Date.now() / 1_000 - 4_000;
    await utimes(left, before, before);
    await findK6(io(), released());
    expect((await readdir(dirname(cachePath()))).sort()).toEqual(['k6', 'new-busy']);
  });

  test.each([
    ['refused', () => released(undefined, `${releaseUrl}.gone`), /./],
    ['another checksum', () => released('0'.repeat(64)), /./],
    ['nobody there', () => released(undefined, 'http://127.0.0.1:1/k6.tar.gz'), /./],
  ])('%s: go on and build', async (_name, pin) => {
    await executable(join(folder, 'bin', 'go'), goScript(k6Script('2.2.0')));
    const it = io();
    const path = await builtPath();
    expect(await findK6(it, pin())).toEqual({ path, version: '2.2.0', source: 'go build' });
    expect(it.said().err).toMatch(/Downloading k6 2\.2\.0.*\n.*Building k6 2\.2\.0 .*\n.*ready after \d+ s/);
    expect(it.said().out).toBe('');
    expect(await readdir(dirname(path))).toEqual(['k6']);
  });

  test.each([
    ['go1.24.9', undefined, '', ''],
    ['go1.25.0', undefined, '-jsonv2', 'jsonv2'],
    ['go1.26.8', undefined, '-jsonv2', 'jsonv2'],
    ['go1.27.0', undefined, '', ''],
    ['go1.26.8', 'nojsonv2', '', 'nojsonv2'],
  ])('%s with GOEXPERIMENT %s: builds into a folder with %j', async (version, chosen, how, experiment) => {
    const seen = join(folder, 'experiment');
    const go = goScript(k6Script('2.2.0'), version).replace('while', `echo "$GOEXPERIMENT" > '${seen}'\nwhile`);
    await executable(join(folder, 'bin', 'go'), go);
    const env = chosen === undefined ? {} : { GOEXPERIMENT: chosen };
    const path = await builtPath(PINNED, how);
    expect(await findK6(io(env), withoutRelease)).toEqual({ path, version: '2.2.0', source: 'go build' });
    expect(await readFile(seen, 'utf8')).toBe(`${experiment}\n`);
    expect(await findK6(io(), withoutRelease)).toMatchObject({ path, source: 'cache' });
  });

  test.each([
    ['the pinned one', withoutRelease, `-pgo=${PINNED.profile}`],
    ['one without a profile', OLDEST, undefined],
  ])('%s is built with its profile', async (_name, pin, profile) => {
    const seen = join(folder, 'arguments');
    const go = goScript(k6Script(pin.version)).replace('while', `[ "$1" = build ] && echo "$@" > '${seen}'\nwhile`);
    await executable(join(folder, 'bin', 'go'), go);
    await provideK6(io(), pin);
    const said = (await readFile(seen, 'utf8')).split(' ');
    expect(said.find((argument) => argument.startsWith('-pgo'))).toBe(profile);
  });

  test('what was built with another profile is not taken, and a release is', async () => {
    const profile = join(folder, 'cpu.pgo');
    await writeFile(profile, 'another');
    const other = { ...withoutRelease, profile };
    await executable(await builtPath(other), k6Script('2.2.0'));
    expect(await findK6(io(), other)).toMatchObject({ path: await builtPath(other), source: 'cache' });
    await executable(cachePath(), k6Script('2.2.0'));
    expect(await findK6(io(), withoutRelease)).toMatchObject({ path: cachePath(), source: 'cache' });
  });

  test('two at once both get it, and nothing is left over', async () => {
    await executable(join(folder, 'bin', 'go'), goScript(k6Script('2.2.0')));
    const both = await Promise.all([findK6(io(), withoutRelease), findK6(io(), withoutRelease)]);
    const path = await builtPath();
    expect(both.map((k6) => k6.path)).toEqual([path, path]);
    expect(await k6Version(path)).toBe('2.2.0');
    expect(await readdir(dirname(path))).toEqual(['k6']);
  });

  test.each([
    ['no Go', undefined, /go build: go is not on PATH/],
    ['a failing build', '#!/bin/sh\necho "checksum mismatch" >&2\nexit 1\n', /go build: checksum mismatch/],
    ['another version', goScript(k6Script('2.1.0')), /go build: gave 2\.1\.0 instead of k6 2\.2\.0/],
  ])('%s: one error that names every way and what to do', async (_name, go, why) => {
    if (go !== undefined) await executable(join(folder, 'bin', 'go'), go);
    const failure = (await findK6(io(), released('0'.repeat(64))).catch((error: unknown) => error)) as HarnessError;
    expect(failure).toBeInstanceOf(HarnessError);
    expect(failure.exitCode).toBe(2);
    expect(failure.message).toMatch(why);
    for (const part of [/cache: no k6 2\.2\.0/, /PATH: no k6/, /release: its sha256 is/, /K6_BIN, or install Go/]) {
      expect(failure.message).toMatch(part);
    }
    expect(failure.message).not.toMatch(/\n\s+at /);
  });

  test('a cache that cannot be written is one of the reasons', async () => {
    await writeFile(join(folder, 'file'), '');
    const env = { FINI_HARNESS_CACHE: join(folder, 'file') };
    await expect(findK6(io(env), released())).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/release: .*ENOTDIR/),
    });
  });

  test('an interruption ends it with its own exit code', async () => {
    const interrupted = recordedIo({ ...io(), signal: AbortSignal.abort() });
    await expect(findK6(interrupted, released())).rejects.toMatchObject({ exitCode: 130 });
  });
});

describe('pins', () => {
  test.each([PINNED, OLDEST])('$version is what its Go module requires', async ({ module, package: name, version }) => {
    expect(await readFile(join(module, 'go.mod'), 'utf8')).toContain(`require ${name} v${version}\n`);
    expect(await readFile(join(module, 'go.sum'), 'utf8')).toContain(`${name} v${version} h1:`);
  });

  test.each([
    ['1.0.0', true],
    ['2.2.0', true],
    ['2.3.0-rc1', true],
    ['0.51.0', false],
    ['0.51.0+xk6-ts', true],
    ['0.50.0+xk6-ts', false],
    ['3.0.0', false],
    ['10.0.0', false],
  ])('%s supported: %s', (version, supported) => expect(isSupported(version)).toBe(supported));
});
