import { gzipSync } from 'node:zlib';
import { ApiError } from '../../api-error.ts';
import { body, headers, text } from '../edit.ts';
import type { Kind } from '../kind.ts';
import { BROKEN, type Operator } from '../operator.ts';
import { half, oversized, reset, silence, stalled, trickle } from './connection.ts';

const REFUSALS = [400, 401, 403, 404, 406, 408, 409, 422, 429, 500, 502, 503, 504] as const;

const GATEWAY_PAGE = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/** Requests that were answered well, and could have stored something. */
const ANSWERED: readonly Kind[] = ['TURN', 'G', 'L', 'B', 'D'];

/** Every fault: what goes wrong once in a while, without any change of the service. */
export const FAULTS: readonly Operator[] = [
  ...REFUSALS.map((code) => ({
    id: `status-${code}`,
    title: `${code} with the usual envelope; nothing is stored`,
    on: ['ANY' as const],
    before: () => {
      throw new ApiError(code, 'Injected fault');
    },
  })),
  {
    id: 'rate-limited',
    title: '429 with Retry-After: 1; nothing is stored',
    on: ['ANY'],
    before: () => {
      throw new ApiError(429, 'Too many requests', { 'retry-after': '1' });
    },
  },
  {
    id: 'status-500-stored',
    title: '500, after the events were stored',
    on: ANSWERED,
    answer: (answer) => {
      answer.status = 500;
      answer.body = { statusCode: 500, message: 'Injected fault', error: 'Internal Server Error' };
    },
  },
  {
    id: 'wrong-envelope',
    title: '500 with another envelope, after the events were stored',
    on: ANSWERED,
    answer: (answer) => {
      answer.status = 500;
      answer.body = { ok: false, reason: { code: 'E_INTERNAL' } };
    },
  },
  {
    id: 'gateway-page',
    title: '502 with an HTML page; nothing is stored',
    on: ['ANY'],
    before: () => {
      throw new ApiError(502, 'Injected fault');
    },
    answer: (answer) => {
      if (answer.status === 502) answer.headers['content-type'] = 'text/html';
    },
    bytes: (json, { status }) => (status === 502 ? GATEWAY_PAGE : json),
  },
  {
    id: 'reset-before',
    title: 'the connection is reset; nothing is stored',
    on: ['ANY'],
    before: ({ response }) => {
      reset(response);
      throw BROKEN;
    },
  },
  { id: 'reset-after', title: 'the connection is reset, after the events were stored', on: ANSWERED, send: reset },
  { id: 'silence', title: 'no answer at all, after the events were stored', on: ANSWERED, send: silence },
  { id: 'half-body', title: 'half a body, then the end of the connection', on: ANSWERED, send: half },
  { id: 'stalled-body', title: 'half a body, then nothing', on: ANSWERED, send: stalled },
  { id: 'trickle', title: 'a body that comes in 40 pieces, one each 250 ms', on: ANSWERED, send: trickle },
  {
    id: 'content-type-wrong',
    title: 'content-type text/html',
    on: ['ANY'],
    answer: headers({ 'content-type': 'text/html' }),
  },
  { id: 'content-type-missing', title: 'no content-type', on: ['ANY'], answer: headers({ 'content-type': undefined }) },
  {
    id: 'html-200',
    title: 'an HTML page with status 200',
    on: ANSWERED,
    answer: headers({ 'content-type': 'text/html' }),
    bytes: () => '<!doctype html><html><body><h1>We will be back soon</h1></body></html>',
  },
  { id: 'empty-body', title: 'status 200 without a body', on: ANSWERED, answer: body(() => undefined) },
  { id: 'oversized-body', title: 'a reply of 50 MB', on: ['U'], answer: oversized },
  {
    id: 'gzip',
    title: 'a compressed body',
    on: ['ANY'],
    bytes: (json, answer) => {
      answer.headers['content-encoding'] = 'gzip';
      return gzipSync(json);
    },
  },
  {
    id: 'gzip-broken',
    title: 'content-encoding gzip on a body that is not',
    on: ANSWERED,
    answer: headers({ 'content-encoding': 'gzip' }),
  },
  { id: 'invalid-utf-8', title: 'a byte that is not UTF-8', on: ANSWERED, bytes: (json) => invalidUtf8(String(json)) },
  {
    id: 'duplicate-keys',
    title: 'a key twice',
    on: ['TURN', 'G', 'L', 'B'],
    bytes: text((json) => json.replace('"id":', '"id":"first of two","id":')),
  },
  { id: 'late', title: 'a reply takes 30 s more', on: ['U'], service: (workMs) => workMs + 30_000 },
];

/** A lone 0xff in front of the first value's end. */
function invalidUtf8(json: string): Buffer {
  const at = json.indexOf('",');
  return Buffer.concat([Buffer.from(json.slice(0, at)), Buffer.from([0xff]), Buffer.from(json.slice(at))]);
}
