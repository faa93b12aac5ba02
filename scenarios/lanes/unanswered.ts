import type { Response } from 'k6/http';
import { cut } from '../../contracts/unicode.ts';

/** As much of k6's response as the scenarios read. */
export interface Reply<Body> extends Pick<Response, 'status' | 'error' | 'error_code' | 'headers'> {
  readonly body: Body | null;
  readonly timings: Pick<Response['timings'], 'blocked' | 'connecting' | 'tls_handshaking' | 'waiting' | 'duration'>;
}

const GENERIC = 1000;
const LONGEST = 200;

/** k6 rejects where it has no response to give, as for a 101: to whoever asked that is an answer that never came. */
export function unanswered(error: unknown, sentAt: number): Reply<never> {
  return {
    status: 0,
    error: error instanceof Error ? error.message : String(error),
    error_code: GENERIC,
    headers: {},
    body: null,
    timings: { blocked: 0, connecting: 0, tls_handshaking: 0, waiting: 0, duration: Date.now() - sentAt },
  };
}

/** k6's own words for why no answer came, as far as it gives any; they may quote what came instead. */
export function reasonOf({ error }: Pick<Response, 'error'>): { error?: string } {
  return error === '' || error === undefined ? {} : { error: cut(error, LONGEST) };
}
