import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may read: whoever opened the printed address first, from then on by a cookie. */
export interface Session {
  /** Of the printed address; opens the page once. */
  readonly token: string;
  /** Whether a token is the one, for the first and last time. */
  readonly redeem: (token: string) => boolean;
  readonly cookie: string;
  readonly holds: (request: IncomingMessage) => boolean;
}

/** Cookies do not tell ports apart: the name holds the port, so that two servers do not log each other out. */
export function session(port: () => number): Session {
  const [token, secret] = [secretText(), secretText()];
  let isRedeemed = false;
  const name = (): string => `fini-harness-view-${port()}`;
  return {
    token,
    redeem: (given) => {
      if (isRedeemed || !isSame(given, token)) return false;
      isRedeemed = true;
      return true;
    },
    get cookie() {
      return `${name()}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
    },
    holds: ({ headers }) => {
      const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
      return pairs.some(([key, value = '']) => key === name() && isSame(value, secret));
    },
  };
}

const secretText = (): string => randomBytes(32).toString('base64url');

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
