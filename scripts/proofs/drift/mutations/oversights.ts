import { BODY, expectation, HEADER } from '../expectations.ts';
import { type Change, envelope, header, maker, onConversation, onListed, onTurn, saidByAi } from './changes.ts';
import { events, good, type Json, list, type Mutation } from './mutation.ts';

const behaviour = (template: RegExp) => expectation('behavioural', template);
const readback = behaviour(/^#\/readback/);
const listing = behaviour(/^#\/listing/);
const message = behaviour(/\/message$/);
const critical = expectation('critical', BODY);
const made = maker('oversee');

const all = (change: (text: string) => string): Change => saidByAi((one) => change(String(one.message)));
/** Of about every third reply. */
const some = (change: (text: string) => string): Change =>
  saidByAi(({ id, message: text }) =>
    Number.parseInt(String(id).slice(0, 2), 16) % 3 === 0 ? change(String(text)) : String(text),
  );

/** What nobody noticed: in stored events, in replies, in what is shown beside them. Written before any was run. */
export const OVERSIGHTS: readonly Mutation[] = [
  made(
    'get-no-questions',
    'Get shows replies without their questions',
    readback,
    onConversation((body) =>
      Object.assign(body, {
        events: list(body.events).filter(({ role }, _, { length }) => role !== 'user' || length === 1),
      }),
    ),
  ),
  made(
    'get-a-millisecond',
    'Get shows events a millisecond later',
    readback,
    events('get', (event) => Object.assign(event, { createdAt: Number(event.createdAt) + 1 })),
  ),
  made(
    'list-question-ids',
    'listings show other ids of questions',
    listing,
    events(
      'list',
      (event) => event.role === 'user' && Object.assign(event, { id: `${event.id}`.replace(/^..../, 'abcd') }),
    ),
  ),
  made(
    'get-otherbot',
    'Get shows replies as those of another bot',
    readback,
    events('get', (event) => event.role === 'finibot' && Object.assign(event, { role: 'otherbot' })),
  ),
  made(
    'list-cut',
    'listings show fifty characters of messages',
    listing,
    events('list', (event) => Object.assign(event, { message: String(event.message).slice(0, 50) })),
  ),
  made('channel-renamed', 'another name of the channel', behaviour(BODY), (...exchange) => {
    const renamed = ({ channel }: Json) => ({ channel: channel === null ? null : `web-${channel}` });
    onListed(renamed)(...exchange);
    onConversation((body) => Object.assign(body, renamed(body)))(...exchange);
  }),
  made(
    'agents-by-age',
    'the oldest agent first',
    behaviour(/^#\/(agents|listing)/),
    good('agents', (body: Json[]) => [...body].sort((a, b) => String(a.createdAt).localeCompare(String(b.createdAt)))),
  ),
  made(
    'internal-token',
    'a header holds the token of a service',
    expectation('critical', HEADER),
    header('turn', 'x-internal', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmaW5pIn0.dBjftJeZ4CVPmB92K27uhbUJU1p1r'),
  ),
  made(
    'debug-query',
    'events show the query that stored them',
    critical,
    onTurn({ debug: { query: 'INSERT INTO events (id, message) VALUES ($1, $2)' } }),
  ),
  made(
    'owner',
    'Get shows who the customer is',
    critical,
    onConversation((body) => Object.assign(body, { owner: { name: 'Ann Lee', phone: '+49 170 1234567' } })),
  ),
  made(
    'praise',
    'each reply praises the question',
    message,
    all((text) => `Great question! ${text}`),
  ),
  made(
    'ellipsis',
    'thirty characters of each reply, and an ellipsis',
    message,
    all((text) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)),
  ),
  made(
    'mentions',
    'a mention of another chat program in some replies',
    message,
    some((text) => `<@U02AB12CD> ${text}`),
  ),
  made(
    'lorem',
    'a text of typesetters as some replies',
    message,
    some(() => 'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.'),
  ),
  made(
    'record',
    'the record of an order as some replies',
    message,
    some(() => '{"order_id": 4711, "status": "shipped", "carrier": "DHL"}'),
  ),
  made(
    'xml',
    'some replies as XML',
    message,
    some((text) => `<response><text>${text}</text></response>`),
  ),
  made(
    'get-503',
    '503 for every third look at a conversation',
    expectation('statistical', /availability/),
    (response, { operation }, memory) => {
      if (operation !== 'get') return;
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      if (count % 3 === 0) Object.assign(response, { status: 503, body: envelope(503) });
    },
  ),
];
