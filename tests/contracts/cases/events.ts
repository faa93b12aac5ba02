import example from '../fixtures/generate-answer.example.json' with { type: 'json' };
import { BODY, type Case, changed, JSON_HEADERS, type Loose, put, said, TURN } from './case.ts';

const OTHER_ID = '11111111-2222-4333-8444-555555555555';
const cardinality = [`behavioural event-cardinality ${BODY}`];
const missing = [`breaking event-missing ${BODY}`];
const [stored] = example as Loose[];

const composition: readonly Case[] = [
  changed('no event at all', () => [], missing),
  changed('no reply', ([first]) => [first], missing),
  changed('the reply alone', ([, reply]) => [reply], missing),
  changed(
    'two different replies',
    ([first, reply]) => [first, reply, { ...reply, id: OTHER_ID, message: 'And more.' }],
    cardinality,
  ),
  changed('the user event twice, no reply', ([first]) => [first, { ...first, id: OTHER_ID }], cardinality),
  changed(
    'M073 the whole history',
    ([first, reply]) => [
      { ...first, id: OTHER_ID, message: 'Hello' },
      { ...reply, id: '21111111-2222-4333-8444-555555555555' },
      first,
      reply,
    ],
    cardinality,
    { turn: { continued: true } },
  ),
  changed('M058 the reply before the stored event', (events) => events.reverse(), [`behavioural event-order ${BODY}`]),
  changed('M061 the reply twice with one id', ([first, reply]) => [first, reply, reply], [
    `behavioural event-duplicate-id ${BODY}/*/id`,
  ]),
  changed('M076 one id for both events', ([first, reply]) => put(reply, 'id', first.id), [
    `behavioural event-duplicate-id ${BODY}/*/id`,
  ]),
  changed('M208 a reply signed by an agent', ([, reply]) => put(reply, 'role', 'agent'), [
    `behavioural reply-role-changed ${BODY}/*/role`,
  ]),
  changed('a reply signed by otherbot', ([, reply]) => put(reply, 'role', 'otherbot'), [
    `behavioural reply-role-changed ${BODY}/*/role`,
  ]),
  changed('a reply signed by the user', ([, reply]) => put(reply, 'role', 'user'), [
    `behavioural reply-role-changed ${BODY}/*/role`,
  ]),
  changed('the user event stored as an agent event', ([first]) => put(first, 'role', 'agent'), [
    `behavioural event-role-mismatch ${BODY}/*/role`,
  ]),
  changed('M064 nothing for an agent turn', () => [], missing, { turn: { role: 'agent' } }),
  changed('an AI reply to an agent turn', ([first, reply]) => [{ ...first, role: 'agent' }, reply], cardinality, {
    turn: { role: 'agent' },
  }),
  changed(
    'an agent turn stored as a user event',
    ([first]) => [first],
    [`behavioural event-role-mismatch ${BODY}/*/role`],
    {
      turn: { role: 'agent' },
    },
  ),
  changed(
    'an otherbot turn stored as finibot',
    ([first]) => [{ ...first, role: 'finibot' }],
    [`behavioural event-role-mismatch ${BODY}/*/role`],
    { turn: { role: 'otherbot' } },
  ),
  changed('the nil UUID', ([first]) => put(first, 'id', '00000000-0000-0000-0000-000000000000'), [
    `behavioural event-nil-id ${BODY}/*/id`,
  ]),
];

const ECHOES: readonly (readonly [name: string, content: string, message: string])[] = [
  ['trimmed', '  where? ', 'where?'],
  ['M070 HTML-escaped', 'a < b & c', 'a &lt; b &amp; c'],
  ['M070 tags stripped', 'see <b>this</b>', 'see this'],
  ['composed', 'Cafe\u0301', 'Caf\u00e9'],
  ['line ends changed', 'a\r\nb', 'a\nb'],
  ['cut', 'Why? '.repeat(1000), 'Why? '.repeat(800)],
  ['lower case', 'WHERE', 'where'],
  ['emoji lost', 'hi 😀', 'hi ??'],
  ['emptied', 'where?', ''],
  ['mojibake', 'où', 'oÃ¹'],
];

const echo: readonly Case[] = [
  ...ECHOES.map(([name, content, message]) =>
    changed(
      `echo: ${name}`,
      ([first]) => put(first, 'message', message),
      [`behavioural echo-mismatch ${BODY}/*/message`],
      {
        turn: { content },
      },
    ),
  ),
  changed(
    'echo of an agent turn',
    () => [{ ...stored, role: 'agent', message: 'other' }],
    [`behavioural echo-mismatch ${BODY}/*/message`],
    { turn: { role: 'agent' } },
  ),
  changed(
    'echo and two replies',
    ([first, reply]) => [{ ...first, message: 'other' }, reply, { ...reply, id: OTHER_ID }],
    [...cardinality, `behavioural echo-mismatch ${BODY}/*/message`],
  ),
];

const unit = (property = 'createdAt') => [`breaking timestamp-unit-changed ${BODY}/*/${property}`];
const skew = [`behavioural timestamp-skew ${BODY}/*/createdAt`];
const outOfRange = [`breaking timestamp-out-of-range ${BODY}/*/createdAt`];

function shifted(ms: number): (events: [Loose, Loose]) => void {
  return (events) => {
    for (const event of events) event.createdAt = Number(event.createdAt) + ms;
  };
}

function scaled(factor: number): (events: [Loose, Loose]) => void {
  return (events) => {
    for (const event of events) event.createdAt = Number(event.createdAt) * factor;
  };
}

const timestamps: readonly Case[] = [
  changed('seconds instead of ms', scaled(1 / 1000), unit()),
  changed('M052 microseconds', scaled(1000), unit()),
  changed('nanoseconds', scaled(1e6), unit()),
  changed(
    'externalCreatedAt in seconds',
    ([first]) => put(first, 'externalCreatedAt', 1749640950),
    unit('externalCreatedAt'),
  ),
  changed('an hour early', shifted(-3_600_000), skew),
  changed('ten minutes late', shifted(600_000), skew),
  changed('an hour early, and no Date header to excuse it', shifted(-3_600_000), skew, {
    headers: { ...JSON_HEADERS, date: 'Wed, 11 Jun 2025 11:22:35 GMT' },
  }),
  changed('a Date header that is no date', shifted(-3_600_000), skew, { headers: { ...JSON_HEADERS, date: 'today' } }),
  changed('createdAt 0', ([first]) => put(first, 'createdAt', 0), outOfRange),
  changed('a negative createdAt', ([first]) => put(first, 'createdAt', -1749640953000), outOfRange),
  changed(
    'the reply created before the stored event',
    ([first, reply]) => {
      [first.createdAt, reply.createdAt] = [reply.createdAt, first.createdAt];
    },
    [`behavioural timestamp-order ${BODY}/*/createdAt`],
  ),
  changed('the reply of an hour ago', ([, reply]) => put(reply, 'createdAt', TURN.sentAt - 3_600_000), [
    `behavioural timestamp-order ${BODY}/*/createdAt`,
  ]),
];

const long = said('A long question. '.repeat(600));
export const EVENTS: readonly Case[] = [
  ...composition,
  ...echo,
  changed(
    'echo of a long content, changed at its end',
    ([first]) => put(first, 'message', `${long.options.turn?.content}!`),
    [`behavioural echo-mismatch ${BODY}/*/message`],
    long.options,
  ),
  ...timestamps,
];
