import { ApiError } from '../../api-error.ts';
import { headers } from '../edit.ts';
import { chunkCut, half, reset } from '../faults/connection.ts';
import type { Operator } from '../operator.ts';

const SHARE = 0.2;

/** Answers that do not come whole, statuses that come now and then, and what is announced or becomes of connections. */
export const AVAILABILITY: readonly Operator[] = [
  { id: 'body-short', title: 'half of the announced bytes, then the end of the connection', on: ['U'], send: half },
  { id: 'chunk-cut', title: 'half a chunk, then the end of the connection', on: ['U'], send: chunkCut },
  {
    id: 'body-reset',
    title: 'the connection is reset in the middle of the body',
    on: ['U'],
    send: (...answer) => half(...answer, reset),
  },
  ...([429, 502, 503, 504] as const).map((code) => ({
    id: `now-and-then-${code}`,
    title: `${code} for a fifth of the turns`,
    on: ['U' as const],
    before: ({ random }: { random: () => number }) => {
      if (random() < SHARE) throw new ApiError(code, 'Try again later');
    },
  })),
  {
    id: 'valid-key-refused',
    title: 'a valid key is refused',
    on: ['ANY'],
    before: () => {
      throw new ApiError(401, 'Invalid API key');
    },
  },
  {
    id: 'connection-close',
    title: 'every connection is closed',
    on: ['ANY'],
    answer: headers({ connection: 'close' }),
  },
  {
    id: 'deprecated',
    title: 'headers say when the API ends',
    on: ['ANY'],
    answer: headers({ deprecation: '@1767225600', sunset: 'Thu, 01 Oct 2026 00:00:00 GMT' }),
  },
];
