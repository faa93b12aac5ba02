import { HIDDEN_KEY } from '../../../contracts/redact.ts';
import { BODY, type Case, changed, JSON_HEADERS, type Loose, type Options, put, raw } from './case.ts';

/** The key is hidden before anything is judged: `[key]` stands in its place, and the turn says so. */
const SHOWN: Options = { turn: { keyShown: true } };
const exposed = (template: string, status = 200): string =>
  `critical api-key-exposed #/responses/${status}/${template}`;
const ERROR = (message: string) => JSON.stringify({ statusCode: 500, message, error: 'Internal Server Error' });
const inHeader = (name: string, value: string): Options => ({ ...SHOWN, headers: { ...JSON_HEADERS, [name]: value } });

export const EXPOSURE: readonly Case[] = [
  changed(
    'the key in an unknown property',
    ([, reply]) => put(reply, 'debug', { auth: `Bearer ${HIDDEN_KEY}` }),
    [exposed('body/*/debug/auth'), `additive response-property-added ${BODY}/*/debug`],
    SHOWN,
  ),
  changed(
    'the key as the name of a property',
    ([stored]) => put(stored, HIDDEN_KEY, true),
    [exposed('body/*'), `additive response-property-added ${BODY}/*/${HIDDEN_KEY}`],
    SHOWN,
  ),
  changed(
    'the key in a reply',
    ([, reply]) => put(reply, 'message', `It is \`${HIDDEN_KEY}\`.`),
    [exposed('body/*/message')],
    SHOWN,
  ),
  changed(
    'the key where it is known to have been shown, though it cannot be found',
    () => undefined,
    [exposed('body')],
    SHOWN,
  ),
  changed('the mark itself, written by somebody', ([, reply]) => put(reply, 'message', `Press ${HIDDEN_KEY}.`), []),
  changed(
    'the key in a header',
    () => undefined,
    [exposed('headers/x-debug')],
    inHeader('x-debug', `key=${HIDDEN_KEY}`),
  ),
  changed('the key as the name of a header', () => undefined, [exposed('headers')], inHeader(`x-${HIDDEN_KEY}`, '1')),
  raw('the key in an error', ERROR(`bad key ${HIDDEN_KEY}`), [exposed('body/message', 500)], {
    ...SHOWN,
    status: 500,
  }),
  ...[429, 502, 503, 418].map((status) =>
    raw(
      `the key in a page of ${status}`,
      `<p>${HIDDEN_KEY}</p>`,
      [
        exposed('body', status === 418 ? 200 : status),
        ...(status === 418 ? ['breaking undocumented-status #/responses/200/status'] : []),
      ],
      { ...SHOWN, status },
    ),
  ),
  raw('the key in what came in place of an answer', '', [exposed('answer', 0)], { ...SHOWN, status: 0 }),
  raw('no answer shows nothing', '', [], { status: 0 }),
  changed(
    'the key far down',
    ([, reply]) => {
      const levels: Loose[] = [{}];
      for (let depth = 0; depth < 300; depth++) levels.push({ a: levels[depth] });
      Object.assign(levels[0] as Loose, { b: HIDDEN_KEY });
      put(reply, 'debug', levels[300]);
    },
    [exposed(`body/*/debug${'/a'.repeat(13)}/%E2%80%A6`), `additive response-property-added ${BODY}/*/debug`],
    SHOWN,
  ),
];
