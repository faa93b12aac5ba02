import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../scripts/foundation/exit-codes.ts';
import { isLoopback } from '../../../scripts/run/config/base-url.ts';
import { loadConfig } from '../../../scripts/run/config/load.ts';
import { scratch } from '../../cli/scratch.ts';
import { recordedIo } from '../../io.ts';

const load = async (baseUrl: string) =>
  (await loadConfig({ flags: { baseUrl } }, recordedIo({ cwd: scratch() }))).config.baseUrl;

describe('a base URL', () => {
  it.each([
    ['https://api.example', 'https://api.example'],
    ['https://api.example/', 'https://api.example'],
    ['https://api.example///', 'https://api.example'],
    ['HTTPS://API.Example', 'https://api.example'],
    ['https://api.example:443', 'https://api.example'],
    ['http://api.example:80/', 'http://api.example'],
    ['https://api.example:8443', 'https://api.example:8443'],
    ['http://api.example:443', 'http://api.example:443'],
    ['https://api.example.', 'https://api.example'],
    ['https://api.example.:443/', 'https://api.example'],
    ['https://api.example/fini/', 'https://api.example/fini'],
    ['https://api.example/a/../Fini//', 'https://api.example/Fini'],
    ['https://api.example?', 'https://api.example'],
    ['https://api.example/#', 'https://api.example'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
    ['http://[0:0:0:0:0:0:0:1]:8787', 'http://[::1]:8787'],
    ['https://[2001:DB8::1]:443', 'https://[2001:db8::1]'],
    ['http://127.1:8787', 'http://127.0.0.1:8787'],
    ['http://0x7f.1', 'http://127.0.0.1'],
    ['http://localhost.:8787/', 'http://localhost:8787'],
  ])('%s is %s', async (typed, normal) => {
    expect(await load(typed)).toBe(normal);
    expect(await load(normal)).toBe(normal);
  });

  it.each([
    ['api.example', 'must be a URL that starts with https:// or http://'],
    ['ftp://api.example', 'must be a URL that starts with https:// or http://'],
    ['https://', 'must be a URL'],
    ['https://.', 'must be a URL'],
    ['https://a b.example', 'must be a URL'],
    ['https://api.example:99999', 'must be a URL'],
    ['https://[::1', 'must be a URL'],
    ['https://256.1.1.1', 'must be a URL'],
    ['https://user@api.example', 'must not contain a user name or password'],
    ['https://:hunter2@api.example', 'must not contain a user name or password'],
    ['https://api.example?a=b', 'must not have a query or a fragment'],
    ['https://api.example/#a', 'must not have a query or a fragment'],
  ])('%s is refused', async (typed, message) => {
    const refused = expect(load(typed)).rejects;
    await refused.toMatchObject({ exitCode: EXIT.usage });
    await refused.toThrow(`--base-url: ${message}`);
  });
});

describe('isLoopback', () => {
  it.each([
    ['http://127.0.0.1:8080', true],
    ['http://127.1', true],
    ['http://127.250.0.9', true],
    ['http://0x7f.1', true],
    ['http://0177.0.0.1', true],
    ['http://2130706433', true],
    ['http://127.0.0.1.', true],
    ['http://localhost', true],
    ['http://LOCALHOST', true],
    ['http://localhost.', true],
    ['http://api.localhost', true],
    ['http://[::1]:1', true],
    ['http://[0:0:0:0:0:0:0:1]', true],
    ['http://[::ffff:127.0.0.1]', true],
    ['http://[::ffff:7f01:203]', true],
    ['https://api-prod.usefini.com', false],
    ['http://127.0.0.1.example.com', false],
    ['http://127.0.0.1.nip.io', false],
    ['http://localhost.example.com', false],
    ['http://notlocalhost', false],
    ['http://localhost@api.example', false],
    ['http://127.0.0.1:80@api.example', false],
    ['http://api.example/127.0.0.1', false],
    ['http://api.example#localhost', false],
    ['http://10.0.0.1', false],
    ['http://128.0.0.1', false],
    ['http://0.0.0.0', false],
    ['http://0', false],
    ['http://[::]', false],
    ['http://[::2]', false],
    ['http://[::127.0.0.1]', false],
    ['http://[::ffff:128.0.0.1]', false],
    ['http://[::ffff:10.127.0.1]', false],
    ['http://[::1:ffff:7f00:1]', false],
    ['http://[64:ff9b::7f00:1]', false],
    ['http://[fe80::1]', false],
    ['http://1.0.0.127', false],
    ['http://xn--lcalhost-54a.example', false],
  ])('%s: %s', (url, loopback) => {
    expect(isLoopback(url)).toBe(loopback);
  });
});
