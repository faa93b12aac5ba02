import { expectation } from '../expectations.ts';
import { each, everywhere, maker, onConversation, onPage, onShown } from './changes.ts';
import { good, type Json, list, type Mutation, refused } from './mutation.ts';
import { at } from './novelty.ts';

const made = maker('integration-addition');

const ofHeader = (name: string) => expectation('additive', new RegExp(`/headers/${name}$`));

/** What a release adds, and takes nothing away. */
export const INTEGRATION_ADDITIONS: readonly Mutation[] = [
  made(
    'event-language',
    'events have the language that they are in',
    at('additive', 'language'),
    everywhere((one) => Object.assign(one, { language: 'en' })),
  ),
  made(
    'participants',
    'conversations have the roles that took part',
    expectation('additive', /\/participants/),
    onShown((one) => {
      const roles = new Set(list(one.events).map(({ role }) => role));
      one.participants = [...roles].map((role) => ({ role }));
    }),
  ),
  made(
    'agent-default',
    'agents say whether they are the default of the workspace',
    at('additive', 'isDefault'),
    good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, { isDefault: one === body[0] }))),
  ),
  made(
    'filters-applied',
    'a page says which filters it was made with',
    expectation('additive', /\/appliedFilters/),
    onPage((page, { query }) => {
      const named = ['agentId', 'source', 'channel'].map((name) => [name, query.get(name)] as const);
      page.appliedFilters = Object.fromEntries(named);
    }),
  ),
  made(
    'may-reply',
    'Get says what the caller may do with a conversation',
    expectation('additive', /\/permissions/),
    onConversation((one) => Object.assign(one, { permissions: { reply: true, remove: true } })),
  ),
  made(
    'challenge',
    '401 has WWW-Authenticate, as RFC 6750 wants it',
    ofHeader('www-authenticate'),
    refused(401, ({ headers }) => void Object.assign(headers, { 'www-authenticate': 'Bearer realm="fini"' })),
  ),
];
