/** Several ways of writing a URL lead to one place: `HTTPS://API.example.:443/` is `https://api.example`. */
export function normaliseBaseUrl(text: string): string {
  const { protocol, port, pathname } = new URL(text);
  return `${protocol}//${hostnameOf(text)}${port === '' ? '' : `:${port}`}${pathname.replace(/\/+$/, '')}`;
}

/** What makes a text no base URL. */
export function baseUrlTrouble(text: string): string | undefined {
  if (!URL.canParse(text)) return 'must be a URL, such as https://api-prod.usefini.com';
  const { protocol, username, password, search, hash } = new URL(text);
  if (!/^https?:$/.test(protocol) || hostnameOf(text) === '') {
    return 'must be a URL, such as https://api-prod.usefini.com';
  }
  if (username !== '' || password !== '') return 'must not contain a user name or password';
  return search === '' && hash === '' ? undefined : 'must not have a query or a fragment';
}

/** Name and port, as a user types them to confirm a target. */
export const hostOf = (baseUrl: string): string => new URL(normaliseBaseUrl(baseUrl)).host;

/** Whether what a user typed is the host of a base URL. */
export function isHostOf(typed: string | undefined, baseUrl: string): boolean {
  const url = `${new URL(baseUrl).protocol}//${typed?.trim()}`;
  return typed !== undefined && URL.canParse(url) && hostOf(url) === hostOf(baseUrl);
}

/** Whether a URL leads to this machine, however its host is written. */
export function isLoopback(baseUrl: string): boolean {
  const hostname = hostnameOf(baseUrl);
  const isName = hostname === 'localhost' || hostname.endsWith('.localhost');
  return isName || hostname === '[::1]' || /^127([.]\d+){3}$/.test(hostname) || MAPPED_LOOPBACK.test(hostname);
}

/** An IPv4 address of 127.0.0.0/8 in an IPv6 one (RFC 4291, 2.5.5.2), as the URL parser writes it. */
const MAPPED_LOOPBACK = /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/;

/** Without the dot of a fully qualified name; the URL parser has written addresses, letters and punycode in one way already. */
const hostnameOf = (url: string): string => new URL(url).hostname.replace(/[.]$/, '');
