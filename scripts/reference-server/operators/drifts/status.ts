import { ApiError, envelope } from '../../api-error.ts';
import { body, drop, errorBody, headers, make, rename, set, status } from '../edit.ts';
import type { Operator } from '../operator.ts';

/** Statuses, and the envelope of errors. */
export const STATUS: readonly Operator[] = [
  { id: 'M091', title: '201 in place of 200', on: ['U'], answer: status(201) },
  {
    id: 'M094',
    title: 'a redirect',
    on: ['U'],
    answer: (answer) => {
      answer.status = 302;
      answer.headers.location = '/v3/hc-interactions/events/public';
      answer.body = undefined;
    },
  },
  { id: 'M097', title: '422 when content is missing', on: ['N1'], answer: status(422) },
  {
    id: 'M100',
    title: '404, 422 or 500 when both ids are missing',
    on: ['N3'],
    answer: status((exchange) => exchange.variant('M100', [404, 422, 500])),
  },
  { id: 'M103', title: 'an unknown agent is accepted', on: ['N5'], policies: ['accept-unknown-agent'] },
  {
    id: 'M106',
    title: '500 for a valid request',
    on: ['U'],
    before: () => {
      throw new ApiError(500, 'Failed to generate answer');
    },
  },
  {
    id: 'M109',
    title: 'statusCode as a string',
    on: ['N*'],
    answer: errorBody(make('statusCode', (value) => String(value))),
  },
  {
    id: 'M112',
    title: 'message as an array of strings',
    on: ['N1', 'N3'],
    answer: errorBody(make('message', (value) => [value])),
  },
  { id: 'M115', title: 'no body on errors', on: ['N*'], answer: body(() => undefined) },
  {
    id: 'M118',
    title: 'no error property for one of the statuses',
    on: ['N*', 'A*'],
    answer: (answer, exchange) => {
      if (answer.status === exchange.variant('M118', [400, 401, 403, 500])) errorBody(drop('error'))(answer, exchange);
    },
  },
  { id: 'status-202', title: '202 in place of 200', on: ['U'], answer: status(202) },
  {
    id: 'status-204',
    title: '204 without a body',
    on: ['R'],
    answer: (answer) => {
      answer.status = 204;
      answer.body = undefined;
    },
  },
  {
    id: 'missing-content-accepted',
    title: 'a turn without content is stored',
    on: ['N1'],
    policies: ['accept-missing-content'],
  },
  { id: 'unknown-role-accepted', title: 'an unknown role is stored', on: ['N4'], policies: ['accept-any-role'] },
  { id: 'unknown-role-500', title: '500 for an unknown role', on: ['N4'], answer: status(500) },
  { id: 'malformed-500', title: '500 for malformed JSON', on: ['N7'], answer: status(500) },
  { id: 'wrong-types-500', title: '500 for wrong types', on: ['N8'], answer: status(500) },
  { id: 'unknown-agent-400', title: '400 for an unknown agent', on: ['N5'], answer: status(400) },
  { id: 'unknown-conversation-404', title: '404 for an unknown conversation', on: ['N6'], answer: status(404) },
  {
    id: 'error-200',
    title: 'errors come with status 200',
    on: ['N*'],
    answer: (answer) => {
      answer.status = 200;
    },
  },
  {
    id: 'error-code-wrong',
    title: 'statusCode is not the status',
    on: ['N*'],
    answer: errorBody(set('statusCode', 0)),
  },
  { id: 'error-without-message', title: 'no message in errors', on: ['N*'], answer: errorBody(drop('message')) },
  { id: 'error-without-code', title: 'no statusCode in errors', on: ['N*'], answer: errorBody(drop('statusCode')) },
  {
    id: 'error-message-object',
    title: 'message as an object',
    on: ['N*'],
    answer: errorBody(make('message', (text) => ({ text }))),
  },
  {
    id: 'error-renamed',
    title: 'detail in place of message',
    on: ['N*'],
    answer: errorBody((error) => rename(error, 'message', 'detail')),
  },
  { id: 'error-nested', title: 'the envelope in {error: ...}', on: ['N*', 'A*'], answer: body((error) => ({ error })) },
  { id: 'error-array', title: 'the envelope in an array', on: ['N*'], answer: body((error) => [error]) },
  { id: 'error-string', title: 'a string in place of the envelope', on: ['N*'], answer: body(() => 'Bad Request') },
  {
    id: 'error-html',
    title: 'an HTML page for errors',
    on: ['N*'],
    answer: headers({ 'content-type': 'text/html; charset=utf-8' }),
    bytes: () => '<!doctype html><title>Error</title><h1>Something went wrong</h1>',
  },
  {
    id: 'error-problem',
    title: 'application/problem+json for errors',
    on: ['N*', 'A*'],
    answer: (answer, exchange) => {
      errorBody(({ message, error, statusCode }) => {
        answer.body = { type: 'about:blank', title: error, status: statusCode, detail: message };
        answer.headers['content-type'] = 'application/problem+json';
      })(answer, exchange);
    },
  },
  {
    id: 'error-property-added',
    title: 'a new property in errors',
    on: ['N*'],
    answer: errorBody(set('traceId', 'b7ad6b71')),
  },
  { id: 'agents-500', title: '500 for List agents', on: ['B'], answer: broken },
  { id: 'list-500', title: '500 for List conversations', on: ['L'], answer: broken },
  { id: 'get-500', title: '500 for a conversation that exists', on: ['G'], answer: broken },
  { id: 'other-role-500', title: '500 for another role', on: ['R'], answer: broken },
];

function broken(answer: Parameters<NonNullable<Operator['answer']>>[0]): void {
  answer.status = 500;
  answer.body = envelope(500, 'Failed');
}
