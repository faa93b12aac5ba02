import { gzipSync } from 'node:zlib';
import { body, headers, text } from '../edit.ts';
import type { Operator } from '../operator.ts';

/** Headers and encoding. */
export const WIRE: readonly Operator[] = [
  {
    id: 'M121',
    title: 'content-type text/plain',
    on: ['U'],
    answer: headers({ 'content-type': 'text/plain; charset=utf-8' }),
  },
  { id: 'M124', title: 'the body is in Latin-1', on: ['N'], bytes: (json) => latin1(String(json)) },
  {
    id: 'M127',
    title: 'half of a surrogate pair',
    on: ['N'],
    bytes: text((json) => json.replace(/[\ud800-\udbff][\udc00-\udfff]|[^ -~\s]/, '\\ud83d')),
  },
  {
    id: 'M130',
    title: 'compressed twice',
    on: ['U'],
    bytes: (json, answer) => {
      answer.headers['content-encoding'] = 'gzip';
      return gzipSync(gzipSync(json));
    },
  },
  {
    id: 'M133',
    title: 'a new header',
    on: ['U'],
    answer: (answer, exchange) =>
      headers(exchange.variant('M133', [{ 'set-cookie': 'route=a1; Path=/' }, { 'x-model': 'fini-2' }]))(
        answer,
        exchange,
      ),
  },
  {
    id: 'content-type-html',
    title: 'content-type text/html',
    on: ['U'],
    answer: headers({ 'content-type': 'text/html' }),
  },
  { id: 'content-type-missing', title: 'no content-type', on: ['U'], answer: headers({ 'content-type': undefined }) },
  {
    id: 'charset-latin1',
    title: 'charset ISO-8859-1',
    on: ['U'],
    answer: headers({ 'content-type': 'application/json; charset=iso-8859-1' }),
  },
  { id: 'utf-8-mark', title: 'a byte order mark', on: ['U'], bytes: text((json) => `\ufeff${json}`) },
  {
    id: 'utf-16',
    title: 'the body is in UTF-16',
    on: ['U'],
    bytes: (json) => Buffer.from(String(json), 'utf16le'),
  },
  {
    id: 'json-string',
    title: 'the JSON in a JSON string',
    on: ['U'],
    answer: body((events) => JSON.stringify(events)),
  },
  {
    id: 'encoding-plain',
    title: 'content-encoding gzip on a plain body',
    on: ['U'],
    answer: headers({ 'content-encoding': 'gzip' }),
  },
  {
    id: 'errors-text',
    title: 'content-type text/plain on errors',
    on: ['N*', 'A*'],
    answer: headers({ 'content-type': 'text/plain' }),
  },
];

/** Every character beyond ASCII as one byte that is not UTF-8: its own, or that of é where Latin-1 has none. */
function latin1(json: string): Buffer {
  return Buffer.from(json.replace(/[^\0-\xff]/gu, 'é').replace(/[\x80-\xff]+/g, 'é'), 'latin1');
}
