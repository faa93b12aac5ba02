import { type Case, JSON_HEADERS, raw, TURN } from './case.ts';

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  500: 'Internal Server Error',
};
const HTML = '<html><body>nginx</body></html>';

const error = (
  name: string,
  status: number,
  body: unknown,
  expect: readonly string[] = [],
  headers = JSON_HEADERS,
): Case =>
  raw(`${status} ${name}`, typeof body === 'string' ? body : JSON.stringify(body), expect, { status, headers });

const at = (status: number, path = '') => `#/responses/${status}/body${path}`;
const envelope = (status: number) => ({ statusCode: status, message: 'What went wrong', error: REASONS[status] });

const sound: readonly Case[] = [
  ...[400, 401, 403, 500].map((status) => error('with its envelope', status, envelope(status))),
  error('L30 messages, as a list', 400, {
    ...envelope(400),
    message: ['content must be a string', 'botId is missing'],
  }),
  error('L31 another wording of error', 400, { ...envelope(400), error: 'BadRequest' }),
  ...[413, 429, 502, 503, 504, 522].map((status) =>
    error('speaks of load or a proxy, whatever it carries', status, HTML),
  ),
  raw('no answer at all', '', [], { status: 0, headers: {} }),
];

const broken: readonly Case[] = [
  ...[400, 401, 403, 500].flatMap((status) => [
    error('M115 empty', status, '', [`breaking error-body-empty ${at(status)}`]),
    error('M118 without error', status, { statusCode: status, message: 'x' }, [
      `breaking error-property-removed ${at(status, '/error')}`,
    ]),
  ]),
  error('empty, without content-type', 500, '', [`breaking error-body-empty ${at(500)}`], {} as typeof JSON_HEADERS),
  error('a page of HTML', 500, HTML, ['breaking response-media-type-changed #/responses/500/headers/content-type'], {
    'content-type': 'text/html',
  }),
  error('text that calls itself JSON', 500, 'Internal Server Error', [`breaking error-body-not-json ${at(500)}`]),
  error('a key twice', 400, '{"statusCode":400,"statusCode":400,"message":"x","error":"Bad Request"}', [
    `behavioural json-duplicate-key ${at(400, '/statusCode')}`,
  ]),
  error('a list', 400, [envelope(400)], [`breaking error-body-type-changed ${at(400)}`]),
  error('text in JSON', 400, '"no"', [`breaking error-body-type-changed ${at(400)}`]),
  error('null', 400, 'null', [`breaking error-body-type-changed ${at(400)}`]),
  error('M109 statusCode as text', 400, { ...envelope(400), statusCode: '400' }, [
    `breaking error-property-type-changed ${at(400, '/statusCode')}`,
  ]),
  error('message as object', 401, { ...envelope(401), message: {} }, [
    `breaking error-property-type-changed ${at(401, '/message')}`,
  ]),
  error('message as list of objects', 400, { ...envelope(400), message: [{ field: 'content' }] }, [
    `breaking error-property-type-changed ${at(400, '/message/*')}`,
  ]),
  error('error null', 403, { ...envelope(403), error: null }, [
    `breaking error-property-type-changed ${at(403, '/error')}`,
  ]),
  error('error renamed to name', 403, { statusCode: 403, message: 'x', name: 'Forbidden' }, [
    `breaking error-property-removed ${at(403, '/error')}`,
  ]),
  error('the envelope nested', 500, { error: envelope(500) }, [
    `breaking error-property-removed ${at(500)}`,
    `breaking error-property-type-changed ${at(500, '/error')}`,
  ]),
  error('another envelope', 400, { type: 'about:blank', title: 'x', detail: 'y' }, [
    `breaking error-property-removed ${at(400)}`,
  ]),
  error('statusCode of another status', 403, { ...envelope(403), statusCode: 401 }, [
    `breaking error-status-mismatch ${at(403, '/statusCode')}`,
  ]),
  error('a new property', 500, { ...envelope(500), requestId: 'r-1' }, [
    `additive error-property-added ${at(500, '/requestId')}`,
  ]),
  error('a stack trace as the message', 500, { ...envelope(500), message: 'x\n    at f (/srv/app/main.js:3:1)' }, [
    `critical error-leak ${at(500, '/message')}`,
  ]),
  error('a query beside the message', 400, { ...envelope(400), detail: 'SELECT id FROM bots WHERE id = 3' }, [
    `critical error-leak ${at(400, '/detail')}`,
  ]),
  error('the e-mail of somebody', 401, { ...envelope(401), email: 'ann@example.com' }, [
    `critical private-property-added ${at(401, '/email')}`,
  ]),
  error(
    'the e-mail of somebody in words',
    401,
    { ...envelope(401), message: 'The key of ann.lee@acme.io is too old' },
    [`critical error-leak ${at(401, '/message')}`],
  ),
  {
    ...error('the e-mail of its own customer', 400, { ...envelope(400), message: 'ann.lee@acme.io is blocked' }, []),
    turn: { ...TURN, metadata: '{"user_attributes":{"email":"ann.lee@acme.io"}}' },
  },
  error('Latin-1 bytes', 400, { ...envelope(400), message: 'Requ\uFFFDte' }, [`breaking body-not-utf8 ${at(400)}`]),
];

const STATUS = '#/responses/200/status';
const statuses: readonly Case[] = [
  ...[201, 202, 204, 301, 302, 307].map((status) =>
    error('in place of 200', status, '', [`breaking success-status-changed ${STATUS}`]),
  ),
  ...[402, 404, 405, 408, 409, 418, 422, 501, 505].map((status) =>
    error('is documented nowhere', status, envelope(status), [`breaking undocumented-status ${STATUS}`]),
  ),
  error('with events on it', 418, '[]', [`breaking undocumented-status ${STATUS}`]),
];

export const ERRORS: readonly Case[] = [...sound, ...broken, ...statuses];
