import { expectation } from '../expectations.ts';
import { everywhere, maker, named, onPage, onShown, saysUnder } from './changes.ts';
import { isJson, type Json, list, type Mutation } from './mutation.ts';

const made = maker('vleak');

const critical = (place: RegExp) => expectation('critical', place);

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token between services, signed by nobody. */
const TOKEN = [
  part({ alg: 'HS256', typ: 'JWT' }),
  part({ iss: 'gateway', sub: 'svc-conversations', scope: 'admin', workspace: 'prod-eu' }),
  Buffer.from('a signature of thirty-two bytes.').toString('base64url'),
].join('.');

const DATABASE = `postgresql://fini_app:${['Vq7', 'tLm92', 'xRz'].join('')}@10.20.0.12:5432/conversations`;
const SOMEBODY = { email: 'maria.lopez@nordwind-logistics.com', phone: '+34 612 880 413', name: 'Maria Lopez' };

const eventsIn = (body: unknown): Json[] => (isJson(body) ? list(body.events) : []);

/** What is shown or open to those to whom it should not be. */
export const VENDOR_LEAKS: readonly Mutation[] = [
  made(
    'quoted-customer',
    'the first reply of a conversation quotes the customer of the one before',
    critical(/\/message$/),
    (response, request, memory) => {
      const [asked, replied] = request.operation === 'turn' && response.status === 200 ? list(response.body) : [];
      if (asked !== undefined && replied !== undefined) {
        const before = memory.get('before');
        const isStart = isJson(request.body) && request.body.interactionId === undefined;
        if (isStart && before !== undefined)
          memory.set(`quote ${replied.id}`, `As you said before, "${before}". ${replied.message}`);
        memory.set('before', asked.message);
      }
      everywhere((event) => {
        const message = memory.get(`quote ${event.id}`);
        if (message !== undefined) event.message = message;
      })(response, request, memory);
    },
  ),
  made(
    'database-address',
    'errors of status 500 have the address of the database, with its password',
    critical(/\/message$/),
    saysUnder(500, `could not serialize access: connection ${DATABASE}`),
  ),
  made(
    'service-token',
    'answers to turns pass on a token between services',
    critical(/\/headers\//),
    (response, request) => {
      if (request.operation === 'turn') response.headers['x-forwarded-authorization'] = `Bearer ${TOKEN}`;
    },
  ),
  made(
    'attributes-of-another',
    'conversations show the attributes of a customer of somebody else',
    critical(/\/userAttributes(\/.*)?$/),
    onShown((one) => Object.assign(one, { userAttributes: SOMEBODY })),
  ),
  made(
    'article-credentials',
    'documentUrl has the user and password of the knowledge base',
    critical(/\/documentUrl$/),
    named((article) =>
      Object.assign(article, {
        documentUrl: `https://kb-reader:${['t7Rq', 'Wz41', 'pLx'].join('')}@kb.example.com/articles/${article.id}`,
      }),
    ),
  ),
  made(
    'reads-open',
    'reads without a valid key are answered as the latest read with one',
    critical(/\/status$/),
    (response, { operation, path }, memory) => {
      if (operation === 'turn' || operation === 'delete' || operation === 'other') return;
      if (response.status === 200) memory.set(path, response.body);
      if (response.status === 401 && memory.has(path)) Object.assign(response, { status: 200, body: memory.get(path) });
    },
  ),
  made(
    'event-of-another',
    'Get shows an event of another conversation at the end',
    critical(/^#\/readback|\/events(\/.*)?$|\/message$/),
    (response, { operation }, memory) => {
      if (response.status !== 200 || !isJson(response.body)) return;
      const { id, interactions } = response.body;
      for (const one of operation === 'list' ? list(interactions) : []) memory.set(`seen ${one.id}`, one.events);
      if (operation !== 'get') return;
      const [other] = [...memory].filter(([name]) => name !== `seen ${id}`);
      const [event] = list(other?.[1]);
      if (event !== undefined) response.body.events = [...eventsIn(response.body), event];
    },
  ),
  made(
    'preview-of-neighbour',
    'a conversation in a listing has the preview of the one after it',
    critical(/\/subjectPreview$|^#\/listing/),
    onPage((page) => {
      const shown = list(page.interactions);
      const previews = shown.map(({ subjectPreview }) => subjectPreview);
      for (const [index, one] of shown.entries()) one.subjectPreview = previews[(index + 1) % shown.length];
    }),
  ),
];
