import { ApiError } from './api-error.ts';
import type { Exchange } from './exchange.ts';
import type { ApiKey, Scope, Tenancy } from './workspace.ts';

const KEY = /^bearer +(\S+)$/i;

/** Who sends this request; throws 401 without a valid key, 403 without the scope. */
export function authorise(header: string | undefined, scope: Scope, tenancy: Tenancy, exchange: Exchange): ApiKey {
  if (header === undefined) {
    exchange.kinds.add('A1').add('A*');
    throw unauthorised('Missing Authorization header');
  }
  const key = KEY.exec(header)?.[1];
  if (key === undefined) {
    exchange.kinds.add('A2').add('A*');
    throw unauthorised('Malformed Authorization header');
  }
  const caller = tenancy.keyring.get(key);
  if (caller === undefined || caller.revoked) {
    exchange.kinds.add(caller === undefined ? 'A3' : 'A4').add('A*');
    throw unauthorised('Invalid API key');
  }
  if (!caller.scopes.includes(scope)) {
    exchange.kinds.add('A5').add('A*');
    throw new ApiError(403, `API key lacks the ${scope} scope`);
  }
  return caller;
}

function unauthorised(message: string): ApiError {
  return new ApiError(401, message);
}
