import type { Exchange } from '../../exchange.ts';
import { eachEvent, errorBody, headers, set } from '../edit.ts';
import type { Operator } from '../operator.ts';

const STACK = [
  'TypeError: Cannot read properties of undefined',
  '    at resolveBot (/srv/app/dist/bots/resolve.js:41:17)',
  '    at async handler (/srv/app/dist/events/public.js:88:5)',
].join('\n');
const SQL =
  'error: insert into "hc_interactions" ("id", "bot_id") values ($1, $2) - duplicate key value violates "pk_interactions"';

/** What nobody outside should see: the inside of the service in its errors, keys, and customers' data in properties. */
export const LEAKS: readonly Operator[] = [
  inError('error-stack', 'a stack trace in errors', () => STACK),
  inError('error-sql', 'an SQL statement in errors', () => SQL),
  inError('error-path', 'a path of the server in errors', () => "ENOENT: no such file '/srv/app/config/bots.json'"),
  inError('error-secret', 'a key of another service in errors', () => 'Upstream refused sk-live-8c1f0a7be2d94463'),
  inError('error-key', 'the key that was sent in errors', (exchange) => `Not allowed for ${sentKey(exchange)}`),
  {
    id: 'header-key',
    title: 'the key that was sent in a header',
    on: ['U'],
    answer: (answer, exchange) => headers({ 'x-debug-authorization': sentKey(exchange) })(answer, exchange),
  },
  {
    id: 'property-key',
    title: 'the key that was sent in a property of events',
    on: ['U'],
    answer: eachEvent((event, exchange) => {
      event.authorization = sentKey(exchange);
    }),
  },
  {
    id: 'name-key',
    title: 'the key that was sent as the name of a property of events',
    on: ['U'],
    answer: eachEvent((event, exchange) => {
      event[sentKey(exchange)] = true;
    }),
  },
  property('property-secret', 'a key of another service in a property of events', 'apiKey', 'sk-live-8c1f0a7be2d94463'),
  property(
    'property-token',
    'a token in a property of events',
    'token',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl',
  ),
  property(
    'property-email',
    "a customer's address in a property of events",
    'customerEmail',
    'grace.okafor@example.com',
  ),
  property('property-phone', "a customer's phone number in a property of events", 'phone', '+49 30 901820'),
];

function inError(id: string, title: string, leak: (exchange: Exchange) => string): Operator {
  return {
    id,
    title,
    on: ['N*', 'A*'],
    answer: errorBody((error, exchange) => {
      error.message = `${error.message}: ${leak(exchange)}`;
    }),
  };
}

function property(id: string, title: string, name: string, value: string): Operator {
  return { id, title, on: ['U'], answer: eachEvent(set(name, value)) };
}

/** The Authorization header of a request; throws where there is none, so that nothing is changed. */
function sentKey({ response }: Exchange): string {
  const { authorization } = response.req.headers;
  if (authorization === undefined) throw new Error('No key was sent.');
  return authorization;
}
