import { BODY, expectation, STATUS } from '../expectations.ts';
import { asked, type Change, each, everywhere, maker, onPage, onShown } from './changes.ts';
import { good, isJson, type Json, list, type Mutation, type ProxyRequest } from './mutation.ts';
import { idIn } from './owners.ts';

const refusal = expectation('breaking', STATUS);
const breakingAt = (name: string) => expectation('breaking', new RegExp(`/${name}$`));
const made = maker('seam');

const BUFFER_BYTES = 16_384;
const LONG_CHARS = 10_000;
const LOCKED_MS = 2_000;

const readName = ({ authorization }: ProxyRequest, id: unknown): string => `read ${authorization} ${id}`;

/** Answers that hold as long as something is small, alone, or asked for in the usual way. Written before any was run. */
export const SEAMS: readonly Mutation[] = [
  made(
    'buffer-full',
    'of answers with more than 16 kB the first 16 kB are sent',
    expectation('breaking', /^#\/(responses\/[^/]+\/body|readback|listing)/),
    (response) => {
      const bytes = Buffer.from(response.body === undefined ? '' : JSON.stringify(response.body));
      if (bytes.length > BUFFER_BYTES) response.raw = bytes.subarray(0, BUFFER_BYTES);
    },
  ),
  asked(
    made('read-locks', 'a conversation cannot be continued within two seconds after it was read', refusal, locked),
    (request, memory) => {
      const { operation, body } = request;
      if (operation !== 'turn' || !isJson(body) || body.interactionId === undefined) return undefined;
      const readAt = Number(memory.get(readName(request, body.interactionId)) ?? 0);
      if (Date.now() - readAt > LOCKED_MS) return undefined;
      memory.set(`locked ${JSON.stringify(body)}`, true);
      return { body: { ...body, content: undefined } };
    },
  ),
  made(
    'otherbot-text',
    'what other bots say is text in place of message',
    expectation('breaking', BODY),
    everywhere((one) => {
      if (one.role !== 'otherbot') return;
      one.text = one.message;
      delete one.message;
    }),
  ),
  made(
    'reply-ids',
    'ids of what the AI says begin with its kind',
    breakingAt('id'),
    everywhere((one) => one.role === 'finibot' && Object.assign(one, { id: `msg_${one.id}` })),
  ),
  made(
    'false-omitted',
    'what is false is left out of conversations',
    expectation('breaking', /\/(hasFeedback|interactions\/\*|body)$/),
    onShown((one) => {
      for (const [name, value] of Object.entries(one)) if (value === false) delete one[name];
    }),
  ),
  made(
    'version-of-key',
    'to a key of scope read, events are dated as before: in ISO 8601',
    breakingAt('createdAt'),
    former,
  ),
  made(
    'one-bare',
    'one conversation is shown in place of a list of one',
    breakingAt('interactions'),
    onPage((page) => {
      const [first, second] = list(page.interactions);
      if (first !== undefined && second === undefined) page.interactions = first;
    }),
  ),
  made(
    'long-elsewhere',
    'messages of more than 10,000 characters are null, and kept elsewhere',
    breakingAt('message'),
    everywhere((one) => String(one.message).length > LONG_CHARS && Object.assign(one, { message: null })),
  ),
  made(
    'agents-zoned',
    "agents' createdAt names its zone in brackets, as Java writes it",
    breakingAt('createdAt'),
    good('agents', (body: Json[]) =>
      each(list(body), (one) => Object.assign(one, { createdAt: `${one.createdAt}[UTC]` })),
    ),
  ),
  made(
    'metadata-enveloped',
    'a turn with metadata is answered by its events beside the state',
    expectation('breaking', BODY),
    (response, { operation, body }) => {
      if (operation === 'turn' && response.status === 200 && isJson(body) && isJson(body.metadata))
        response.body = { events: response.body, state: body.metadata };
    },
  ),
  made(
    'role-unnamed',
    'the role of a question is null where the turn named none',
    breakingAt('role'),
    (response, request, memory) => {
      const { operation, body } = request;
      if (operation === 'turn' && response.status === 200 && isJson(body) && body.role === undefined)
        memory.set(`unnamed ${list(response.body)[0]?.id}`, true);
      everywhere((one) => memory.has(`unnamed ${one.id}`) && Object.assign(one, { role: null }))(
        response,
        request,
        memory,
      );
    },
  ),
];

function locked(...[response, request, memory]: Parameters<Change>): void {
  const name = readName(request, idIn(request));
  if (request.operation === 'get' && response.status === 200) memory.set(name, Date.now());
  if (request.operation === 'delete') memory.delete(name);
  if (response.status === 400 && memory.has(`locked ${JSON.stringify(request.body)}`))
    Object.assign(response, { status: 423, body: { statusCode: 423, message: 'Locked', error: 'Locked' } });
}

/** A key that was refused for a turn may only read. */
function former(...[response, request, memory]: Parameters<Change>): void {
  const { operation, authorization } = request;
  if (operation === 'turn' && response.status === 403) memory.set(`reads ${authorization}`, true);
  if (!memory.has(`reads ${authorization}`)) return;
  onShown((one) =>
    each(list(one.events), (event) =>
      Object.assign(event, { createdAt: new Date(Number(event.createdAt)).toISOString() }),
    ),
  )(response, request, memory);
}
