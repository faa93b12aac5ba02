import { STATUS_CODES } from 'node:http';

/** An answer other than 200, in the envelope that every error has. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** The body of an error: `{statusCode, message, error}`. */
export function envelope(status: number, message: string): { statusCode: number; message: string; error: string } {
  return { statusCode: status, message, error: STATUS_CODES[status] ?? 'Error' };
}
