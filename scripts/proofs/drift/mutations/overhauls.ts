import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { BODY, expectation, STATUS } from '../expectations.ts';
import {
  asked,
  type Change,
  each,
  envelope,
  everywhere,
  maker,
  onConversation,
  onPage,
  onShown,
  renamed,
  written,
} from './changes.ts';
import { good, isJson, type Json, type Mutation, type ProxyRequest, refused } from './mutation.ts';

const body = expectation('breaking', BODY);
const status = expectation('breaking', STATUS);
const made = maker('overhaul');

const COCOA_S = 978_307_200;
const instead = (code: number, isMeant: (request: ProxyRequest) => boolean): Change => {
  return (response, request) => {
    if (response.status === 200 && isMeant(request)) Object.assign(response, { status: code, body: envelope(code) });
  };
};
/** A turn that is refused before it is stored. */
const turnRefused = (id: string, title: string, code: number, isMeant: (sent: Json) => boolean): Mutation =>
  asked(
    made(id, title, status, (response, { operation, body: sent }) => {
      if (operation === 'turn' && response.status === 400 && isJson(sent) && isMeant(sent))
        Object.assign(response, { status: code, body: envelope(code) });
    }),
    ({ operation, body: sent }) =>
      operation === 'turn' && isJson(sent) && isMeant(sent) ? { body: { ...sent, content: 1 } } : undefined,
  );
/** Characters beyond the first plane as two times three bytes. */
const cesu = (text: string): Buffer =>
  Buffer.concat(
    Array.from(text, (sign) => {
      if (sign.length === 1) return Buffer.from(sign);
      const units = [sign.charCodeAt(0), sign.charCodeAt(1)];
      return Buffer.from(
        units.flatMap((unit) => [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]),
      );
    }),
  );

/** The API overhauled. Written before any was run. */
export const OVERHAULS: readonly Mutation[] = [
  made(
    'source-object',
    'the source of conversations with its label',
    body,
    onShown((one) => Object.assign(one, { source: { name: one.source, label: 'API' } })),
  ),
  made(
    'status-number',
    'the status of conversations as a number',
    body,
    onShown((one) => Object.assign(one, { status: 1 })),
  ),
  made('removal-number', 'success of a removal as 1', body, (response, { operation }) => {
    if (operation === 'delete' && response.status === 200) response.body = { success: 1 };
  }),
  made(
    'agents-display-name',
    'name of agents is displayName',
    body,
    good('agents', (found: Json[]) => each(found, (one) => renamed(one, 'name', 'displayName'))),
  ),
  made(
    'created-cocoa',
    "events' createdAt in seconds since 2001",
    body,
    everywhere((one) => Object.assign(one, { createdAt: Math.floor(Number(one.createdAt) / 1_000) - COCOA_S })),
  ),
  made(
    'bulk-406-page',
    'a page of the web server under 406',
    expectation('breaking', /(\/headers\/content-type|body.*)$/),
    refused(406, (response, { path }) => {
      if (path !== CONVERSATIONS_PATH) return;
      response.raw = '<html><head><title>406 Not Acceptable</title></head><body><h1>Not Acceptable</h1></body></html>';
      response.headers['content-type'] = 'text/html';
    }),
  ),
  turnRefused(
    'metadata-required',
    'a turn without metadata is refused',
    400,
    (sent) => sent.metadata === undefined && typeof sent.content === 'string',
  ),
  turnRefused(
    'turn-415',
    '415 for turns, as they were sent until now',
    415,
    (sent) => typeof sent.content === 'string',
  ),
  made(
    'get-slim',
    'Get shows no events, unless it is asked to',
    body,
    onConversation((one) => void delete one.events),
  ),
  made(
    'turn-strings',
    'each event of a turn as JSON in a string',
    body,
    good('turn', (all: Json[]) => all.map((one) => JSON.stringify(one))),
  ),
  made(
    'cursors-grouped',
    'both cursors in one object',
    body,
    onPage((page) => {
      page.cursors = { next: page.nextCursor, previous: page.prevCursor };
      delete page.nextCursor;
      delete page.prevCursor;
    }),
  ),
  made('errors-pascal', 'keys of errors begin with a capital', body, (response) => {
    if (response.status < 400 || !isJson(response.body)) return;
    for (const [from, to] of [
      ['statusCode', 'StatusCode'],
      ['message', 'Message'],
      ['error', 'Error'],
    ] as const)
      renamed(response.body, from, to);
  }),
  made(
    'get-padded',
    'a conversation padded with NUL',
    body,
    written('get', (text) => text.padEnd(Math.ceil(text.length / 512) * 512, '\0')),
  ),
  made('turn-cesu', 'emoji of turns in CESU-8', body, written('turn', cesu)),
  made(
    'list-of-agent',
    'a listing has to name an agent',
    status,
    instead(400, ({ operation, query }) => operation === 'list' && !query.has('agentId')),
  ),
];
