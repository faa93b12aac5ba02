import { HIDDEN_KEY } from './redact.ts';

/** What stands in the place of a cookie's value. */
export const HIDDEN_COOKIE = '[cookie]';
const LONGEST_NAME = 60;
const MOST_NAMES = 20;

/**
 * A `Set-Cookie` header with the names of its cookies alone, and the mark of a hidden key where there was one. Several are
 * joined by commas, as dates have them, too.
 */
export function namesOfCookies(header: string): string {
  const hidden = header.includes(HIDDEN_KEY) ? [HIDDEN_KEY] : [];
  const names = header
    .split(/,(?=\s*[^\s;,=]+=)/)
    .map((cookie) => cookie.split('=')[0]?.trim().slice(0, LONGEST_NAME) ?? '')
    .filter((name) => name !== '');
  return [HIDDEN_COOKIE, ...names.slice(0, MOST_NAMES), ...hidden].join(' ');
}

/** Cookies of load balancers and proxies, by which they know a client again. */
const OF_PROXIES =
  /^(?:AWSALB\w*|AWSELB\w*|__cf_?bm|__cflb|__cfruid|_cfuvid|cf_clearance|ARRAffinity\w*|ApplicationGatewayAffinity\w*|BIGipServer.*|TS[\da-f]{6,}|GCLB|incap_ses_\w+|visid_incap_\w+|nlbi_\w+|ak_bmsc|bm_s[vz]|_abck|SERVERID|INGRESSCOOKIE|datadome)$/;
/** What a client never gets back: a key, and not a session. */
const OF_SECRETS = /api_?-?key|access_?-?key|private_?-?key|secret|passw(?:or)?d|credential/i;

const namesIn = (kept: string): string[] => kept.split(' ').slice(1);

/** Whether all cookies of a kept header are those of proxies, which are no part of the contract. */
export const areOfProxies = (kept: string): boolean =>
  namesIn(kept).length > 0 && namesIn(kept).every((name) => OF_PROXIES.test(name));

/** Whether a cookie is named after a secret. */
export const isNamedAsSecret = (kept: string): boolean => namesIn(kept).some((name) => OF_SECRETS.test(name));
