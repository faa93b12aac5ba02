import { brotliCompressSync, gzipSync } from 'node:zlib';
import { now } from '../../clock.ts';
import { draw, STREAM } from '../../random.ts';
import { eachReply, eventList, headers } from '../edit.ts';
import type { Operator } from '../operator.ts';

const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'Application/JSON',
] as const;

/** Headers, encodings, connections, clocks, visibility and pace. */
export const TRANSPORT: readonly Operator[] = [
  {
    id: 'L11',
    title: 'other spellings of the content type and of header names',
    on: ['ANY'],
    answer: (answer, { random }) => {
      delete answer.headers['content-type'];
      const name = random() < 0.5 ? 'Content-Type' : 'CONTENT-TYPE';
      answer.headers[name] = TYPES[Math.floor(random() * TYPES.length)] ?? TYPES[0];
    },
  },
  {
    id: 'L12',
    title: 'gzip, br or no compression; chunked or with a length',
    on: ['ANY'],
    bytes: (body, answer, exchange) => {
      const { random } = exchange;
      const coding = ['gzip', 'br', 'identity'][Math.floor(random() * 3)] ?? 'identity';
      if (random() < 0.5) answer.headers['transfer-encoding'] = 'chunked';
      if (body.length === 0 || coding === 'identity' || !exchange.accepts(coding)) return body;
      answer.headers['content-encoding'] = coding;
      return coding === 'gzip' ? gzipSync(body) : brotliCompressSync(body);
    },
  },
  {
    id: 'L13',
    title: 'user event and reply at the same time',
    on: ['U'],
    generated: (reply, incoming) => {
      reply.createdAt = incoming.createdAt;
    },
  },
  {
    id: 'L14',
    title: "the server's clock is up to two seconds off",
    on: ['TURN'],
    stored: (events, { world }) => {
      const offset = Math.round((draw(world.seed, STREAM.variants, 14) * 2 - 1) * 2_000);
      for (const event of events) event.createdAt += offset;
    },
  },
  { id: 'L26', title: "other metadata, which is the client's doing", on: [] },
  { id: 'L27', title: 'both ids sent, as the server accepts anyway', on: [] },
  { id: 'L28', title: 'no role is user, as the server does anyway', on: [] },
  {
    id: 'L29',
    title: 'slower replies with jitter',
    on: ['U'],
    service: (workMs, { random }) => workMs * (1 + random()) + 5 * random(),
  },
  {
    id: 'L32',
    title: 'headers that a proxy adds',
    on: ['ANY'],
    answer: headers({
      via: '1.1 edge',
      'cf-ray': '8f1a2b3c4d5e6f70',
      etag: 'W/"2a"',
      'x-request-id': '7c9e6679',
      'x-ratelimit-remaining': '99',
    }),
  },
  {
    id: 'L33',
    title: 'the connection is closed after some answers',
    on: ['ANY'],
    answer: (answer, { random }) => {
      if (random() < 0.5) answer.headers.connection = 'close';
    },
  },
  { id: 'L34', title: 'new conversations appear during paging', on: ['L'], before: ({ world }) => world.elsewhere() },
  {
    id: 'L35',
    title: "other people's conversations in the listing",
    on: ['L'],
    before: ({ world }) => world.elsewhere(),
  },
  {
    id: 'L36',
    title: 'Get shows an event half a second after its answer',
    on: ['G'],
    answer: eventList((events) => {
      const visible = events.filter(({ createdAt }) => Number(createdAt) < now() - 500);
      events.splice(0, events.length, ...visible);
    }),
  },
  {
    id: 'L37',
    title: 'Get shows ratings and feedback that came later',
    on: ['G'],
    answer: eachReply((reply) =>
      Object.assign(reply, { csatRating: 4, approved: true, resolved: true, feedback: 'Thanks' }),
    ),
  },
  {
    id: 'L38',
    title: '204 for Delete',
    on: ['D'],
    answer: (answer) => {
      answer.status = 204;
      answer.body = undefined;
    },
  },
  {
    id: 'L39',
    title: 'conversations in parallel are answered out of order',
    on: ['U'],
    service: (workMs, { random }) => workMs + 50 * random(),
  },
  {
    id: 'L43',
    title: 'cursors count: what moves to the front while pages are read makes one repeat',
    on: ['L'],
    policies: ['offset-cursors'],
  },
  { id: 'L40', title: "a turn that the client sent twice, which is the client's doing", on: [] },
];
