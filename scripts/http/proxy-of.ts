import { BlockList, isIP } from 'node:net';
import { usageError } from '../foundation/errors.ts';
import type { Io } from '../foundation/io.ts';

/** A proxy that requests to a URL take. */
export interface Proxy {
  /** With its user name and password, where it has them. */
  readonly url: URL;
  /** The same for people, without them. */
  readonly shown: string;
}

const SCHEMES = ['http:', 'https:'];

/**
 * The proxy that the environment names for a URL, by the rules that k6 follows (Go's golang.org/x/net/http/httpproxy), so
 * that the harness and k6 take the same way: HTTP_PROXY or HTTPS_PROXY but for hosts of NO_PROXY, and never for this machine.
 * @throws HarnessError (2) for a proxy that only one of the two could use
 */
export function proxyOf(target: string | URL, env: Io['env']): Proxy | undefined {
  const { protocol, hostname, port } = new URL(target);
  const variable = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const text = variableOf(variable, env);
  if (text === undefined) return undefined;
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const bypass = (variableOf('NO_PROXY', env) ?? '').split(',').map((entry) => entry.trim().toLowerCase());
  const of = { host, port: port || (protocol === 'https:' ? '443' : '80') };
  if (isThisMachine(host) || bypass.some((entry) => entry !== '' && matches(entry, of))) return undefined;
  return parsed(variable, text);
}

/** Names a proxy at all, for whatever host. */
export const hasProxy = (env: Io['env']): boolean =>
  ['HTTP_PROXY', 'HTTPS_PROXY'].some((variable) => variableOf(variable, env) !== undefined);

function variableOf(variable: string, env: Io['env']): string | undefined {
  return env[variable] || env[variable.toLowerCase()] || undefined;
}

function parsed(variable: string, text: string): Proxy {
  const full = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || !SCHEMES.includes(url.protocol)) {
    throw usageError(`${variable} must name a proxy such as http://proxy.example:3128`);
  }
  return { url, shown: `${url.protocol}//${url.host}` };
}

/** Go's own rule: names below localhost are not among them. */
function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

interface Host {
  readonly host: string;
  readonly port: string;
}

/** One entry of NO_PROXY: `*`, an address, a range of addresses, a domain with all below it, or (`.`, `*.`) only those below. */
function matches(entry: string, { host, port }: Host): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isInRange(host, entry);
  const [, name = entry, only] = /^(.*?|\[.*\])(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? [];
  if (only !== undefined && only !== port) return false;
  const domain = name.replace(/^\[|\]$/g, '').replace(/^\*\./, '.');
  if (isIP(domain) !== 0) return host === domain;
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function isInRange(host: string, range: string): boolean {
  const [network = '', bits] = range.split('/');
  const [family, kind] = [isIP(network), isIP(host)];
  if (family === 0 || family !== kind) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  try {
    list.addSubnet(network, Number(bits), type);
  } catch {
    return false;
  }
  return list.check(host, type);
}
