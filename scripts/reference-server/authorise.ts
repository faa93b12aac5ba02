import { ApiError } from './api-error.ts';
import type { OperatedExchange } from './operated-exchange.ts';
import type { ApiKey, Scope, Tenancy } from './workspace.ts';

const BEARER = /^bearer +(\S+)$/i;

/** Who sends this request: 401 without a valid key, 403 without the scope. */
export function authorise(
  header: string | undefined,
  query: Readonly<Record<string, unknown>>,
  scope: Scope,
  tenancy: Tenancy,
  exchange: OperatedExchange,
): ApiKey | ApiError {
  const key = keyOf(header, query, tenancy, exchange);
  if (key instanceof ApiError) return key;
  const caller = lookUp(key, tenancy, exchange);
  if (caller instanceof ApiError || caller.scopes.includes(scope)) return caller;
  exchange.kinds.add('A5').add('A*');
  return exchange.lifts('accept-any-scope') ? caller : new ApiError(403, `API key lacks the ${scope} scope`);
}

/** The key as it was sent. */
function keyOf(
  header: string | undefined,
  query: Readonly<Record<string, unknown>>,
  tenancy: Tenancy,
  exchange: OperatedExchange,
): string | ApiError {
  const key = BEARER.exec(header ?? '')?.[1];
  if (key !== undefined) return key;
  exchange.kinds.add(header === undefined ? 'A1' : 'A2').add('A*');
  if (header === undefined) {
    const inQuery = query.api_key ?? query.key ?? query.token;
    if (typeof inQuery === 'string' && exchange.lifts('accept-key-in-query')) return inQuery;
    if (exchange.lifts('accept-missing-key')) return tenancy.keys.readWrite;
    return new ApiError(401, 'Missing Authorization header');
  }
  if (exchange.lifts('accept-any-scheme')) return header.split(' ').at(-1) ?? '';
  return new ApiError(401, 'Malformed Authorization header');
}

function lookUp(key: string, tenancy: Tenancy, exchange: OperatedExchange): ApiKey | ApiError {
  const caller = tenancy.keyring.get(key);
  if (caller !== undefined && !caller.revoked) return caller;
  exchange.kinds.add(caller === undefined ? 'A3' : 'A4').add('A*');
  if (caller !== undefined && exchange.lifts('accept-revoked-key')) return caller;
  const folded = caller === undefined ? tenancy.keyring.get(key.toLowerCase()) : undefined;
  if (folded !== undefined && exchange.lifts('accept-key-case')) return folded;
  const main = tenancy.keyring.get(tenancy.keys.readWrite);
  if (caller === undefined && main !== undefined && exchange.lifts('accept-unknown-key')) return main;
  return new ApiError(401, 'Invalid API key');
}
