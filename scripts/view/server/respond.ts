import type { ServerResponse } from 'node:http';

const COMMON = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** The page loads its own script and style, asks its own server, and frames its own reports; nothing else. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A stored report is only read: no script, no request, no origin of its own, framed by the page alone. */
const REPORT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

export type ContentType = 'html' | 'report' | 'json' | 'js' | 'css' | 'text';

const TYPES: Readonly<Record<ContentType, string>> = {
  html: 'text/html; charset=utf-8',
  report: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  text: 'text/plain; charset=utf-8',
};

export interface Answer {
  readonly type: ContentType;
  readonly body: string | Buffer;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function respond(response: ServerResponse, { type, body, status = 200, headers = {} }: Answer): void {
  const policy = type === 'report' ? REPORT_POLICY : PAGE_POLICY;
  response.writeHead(status, { ...COMMON, 'Content-Security-Policy': policy, 'Content-Type': TYPES[type], ...headers });
  response.end(body);
}
