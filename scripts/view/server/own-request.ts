import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.ts';

/**
 * Refuses what does not come from this server's own page in a browser on this machine: another name in the Host header
 * (DNS rebinding), another origin, another method.
 */
export function assertOwnRequest({ method, headers }: IncomingMessage, port: number, isEntry: boolean): void {
  if (method !== 'GET' && method !== 'HEAD') throw new Refusal(405, 'This server only answers GET.');
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) throw new Refusal(421, 'This server answers to 127.0.0.1 only.');
  const { origin, 'sec-fetch-site': site = 'none' } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
    throw new Refusal(403, 'Requests of other pages are refused.');
  }
  // The first address may come from a click elsewhere, such as in a terminal in a browser: its token is what counts.
  if (!isEntry && site !== 'same-origin' && site !== 'none') {
    throw new Refusal(403, 'Requests of other pages are refused.');
  }
}
