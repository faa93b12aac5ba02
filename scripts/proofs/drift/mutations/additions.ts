import { BODY, expectation, HEADER } from '../expectations.ts';
import { header, maker, onConversation, onPage } from './changes.ts';
import { events, type Mutation } from './mutation.ts';

const critical = expectation('critical', BODY);
const made = maker('new');

/** Headers and properties that nobody knows. */
export const ADDITIONS: readonly Mutation[] = [
  made(
    'header-version',
    'a header names the version of the API',
    expectation('additive', HEADER),
    header('any', 'x-api-version', '2'),
  ),
  made(
    'type-vendor',
    'turns in a media type of the vendor',
    expectation('breaking', /\/headers\/content-type$/),
    header('turn', 'content-type', 'application/vnd.fini.v2+json'),
  ),
  made(
    'property-model',
    'events name the model',
    expectation('additive', BODY),
    events('turn', (one) => Object.assign(one, { model: 'fini-2' })),
  ),
  made(
    'property-links',
    'a page has links',
    expectation('additive', BODY),
    onPage((body) => Object.assign(body, { links: { self: '/v2' } })),
  ),
  made(
    'property-ip',
    'conversations show the address of the customer',
    critical,
    onConversation((body) => Object.assign(body, { clientIp: '203.0.113.9' })),
  ),
  made(
    'property-session',
    'events show a session',
    critical,
    events('turn', (one) => Object.assign(one, { sessionToken: 'c0ffee12' })),
  ),
];
