import { describe, expect, it } from 'vitest';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { proxyOf } from '../../scripts/http/proxy-of.ts';

const PROXY = 'http://proxy.example:3128';
const API = 'https://api.example.com';

describe('proxyOf', () => {
  it.each([
    ['https by HTTPS_PROXY', API, { HTTPS_PROXY: PROXY }, PROXY],
    ['https not by HTTP_PROXY', API, { HTTP_PROXY: PROXY }, undefined],
    ['http by HTTP_PROXY', 'http://api.example.com', { HTTP_PROXY: PROXY }, PROXY],
    ['the lower case', API, { https_proxy: PROXY }, PROXY],
    ['the upper case first', API, { https_proxy: 'http://other:1', HTTPS_PROXY: PROXY }, PROXY],
    ['an empty one as none', API, { HTTPS_PROXY: '' }, undefined],
    ['one without a scheme', API, { HTTPS_PROXY: 'proxy.example:3128' }, PROXY],
    ['no address of this machine', 'https://127.9.9.9', { HTTPS_PROXY: PROXY }, undefined],
    ['no address of this machine, IPv6', 'https://[::1]', { HTTPS_PROXY: PROXY }, undefined],
    ['not localhost', 'https://localhost', { HTTPS_PROXY: PROXY }, undefined],
    ['names below localhost', 'https://api.localhost', { HTTPS_PROXY: PROXY }, PROXY],
  ])('takes %s', (_what, target, env, proxy) => {
    expect(proxyOf(target, env)?.shown).toBe(proxy);
  });

  it.each([
    ['*', API, true],
    ['other.example, example.com', API, true],
    ['api.example.com', API, true],
    ['.example.com', API, true],
    ['*.example.com', API, true],
    ['.api.example.com', API, false],
    ['ample.com', API, false],
    ['api.example.com:443', API, true],
    ['api.example.com:8443', API, false],
    ['API.Example.COM', API, true],
    ['192.0.2.7', 'https://192.0.2.7', true],
    ['192.0.2.0/24', 'https://192.0.2.7', true],
    ['192.0.3.0/24', 'https://192.0.2.7', false],
    ['192.0.2.0/24', API, false],
    ['2001:db8::/32', 'https://[2001:db8::7]', true],
    ['192.0.2.0/nonsense', 'https://192.0.2.7', false],
    ['', API, false],
  ])('NO_PROXY %s, %s: %s', (NO_PROXY, target, bypassed) => {
    expect(proxyOf(target, { HTTPS_PROXY: PROXY, NO_PROXY }) === undefined).toBe(bypassed);
  });

  it('shows no password', () => {
    const proxy = proxyOf(API, { HTTPS_PROXY: 'http://grace:hopper@proxy.example:3128' });
    expect(proxy?.shown).toBe(PROXY);
    expect(proxy?.url.password).toBe('hopper');
  });

  it.each(['socks5://proxy.example:1080', 'http://', 'ftp://proxy'])('refuses %s', (HTTPS_PROXY) => {
    expect(() => proxyOf(API, { HTTPS_PROXY })).toThrow(expect.objectContaining({ exitCode: EXIT.usage }));
  });
});
