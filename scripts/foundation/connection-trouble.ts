/** OpenSSL's codes for an answer that is no TLS. */
const NO_TLS = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_HTTP_REQUEST'];

/** What an error of Node's network code may hold besides its message. */
interface NetworkError extends Error {
  readonly code?: unknown;
  /** Of OpenSSL: whose error it is, and in words. */
  readonly library?: unknown;
  readonly reason?: unknown;
  /** Of a name with several addresses: one for each. */
  readonly errors?: readonly unknown[];
}

/** Why `fetch` got no answer, for people: it hides the reason in its cause, which may be OpenSSL's own text. */
export function connectionTrouble(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause, code, library, reason, errors = [], message, name }: NetworkError = error;
  if (cause instanceof Error) return connectionTrouble(cause);
  if (NO_TLS.includes(String(code))) return 'this port does not use TLS: the scheme https:// or the port is wrong';
  if (library === 'SSL routines') return `the TLS connection failed (${reason})`;
  return message || (errors.length > 0 ? connectionTrouble(errors[0]) : name);
}
