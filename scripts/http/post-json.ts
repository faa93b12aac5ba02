import { connectionTrouble } from '../foundation/connection-trouble.ts';
import { deadline } from '../foundation/deadline.ts';
import { usageError } from '../foundation/errors.ts';

/** More of an answer is not read. */
const MOST_CHARS = 100_000;

export interface Post {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface Posted {
  /** 0 where no answer came. */
  readonly status: number;
  readonly text: string;
  /** Why it did not arrive, for people; undefined where it did. */
  readonly trouble?: string;
}

/**
 * The address that a flag names. It may hold a secret, as webhooks do: no message shows more of it than the host.
 * @throws HarnessError (2)
 */
export function addressOf(flag: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw usageError(`${flag}: must be an http or https URL`);
  if (url.username !== '' || url.password !== '') throw usageError(`${flag}: must not contain a user name or password`);
  return url;
}

/** Posts JSON once. Whatever the other side does is data. Follows no redirect: headers would go along. */
export async function postJson(url: URL, { headers = {}, body, timeoutMs, signal }: Post): Promise<Posted> {
  const patience = deadline(timeoutMs, signal);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: patience.signal,
    });
    const text = await beginning(response);
    const { ok, status } = response;
    if (ok) return { status, text };
    const redirect = status >= 300 && status < 400 ? ', a redirect, which is not followed' : '';
    return { status, text, trouble: `HTTP ${status}${redirect}` };
  } catch (error) {
    return { status: 0, text: '', trouble: connectionTrouble(error) };
  } finally {
    patience.clear();
  }
}

async function beginning({ body }: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > MOST_CHARS) break;
  }
  return text.slice(0, MOST_CHARS);
}
