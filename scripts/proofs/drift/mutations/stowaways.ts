import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { type Change, everywhere, header, maker, named, onShown } from './changes.ts';
import { isJson, type Json, list, type Mutation, refused } from './mutation.ts';

const criticalAt = (name: string) => expectation('critical', new RegExp(`/${name}`));
const additiveAt = (name: string) => expectation('additive', new RegExp(`/${name}$`));
const made = maker('stowaway');

const keyIn = (authorization: string): string => authorization.replace('Bearer ', '');

/** What travels along where it has no business. Written before any was run. */
export const STOWAWAYS: readonly Mutation[] = [
  made(
    'cache-for-anyone',
    'a cache shows everybody what one key was allowed to read',
    expectation('critical', STATUS),
    (response, { method, path, query }, memory) => {
      if (method !== 'GET') return;
      const name = `${path}?${query}`;
      if (response.status === 200) memory.set(name, response.body);
      else if ((response.status === 401 || response.status === 403) && memory.has(name))
        Object.assign(response, { status: 200, body: memory.get(name) });
    },
  ),
  made('attributes-gathered', 'attributes are those of all customers so far', criticalAt('userAttributes'), gathered),
  made(
    'asked-address',
    'errors name the address that was asked, with its query',
    expectation('critical', BODY),
    ({ status, body }, { method, path, query }) => {
      if (status >= 400 && isJson(body))
        body.message = `Cannot ${method} ${path}${query.size === 0 ? '' : `?${query}`}`;
    },
  ),
  made(
    'key-in-hex',
    'a 403 has a number for support, which is the key in hexadecimal',
    expectation('critical', BODY),
    refused(403, ({ body }, { authorization }) => {
      if (isJson(body)) body.supportId = Buffer.from(keyIn(authorization)).toString('hex');
    }),
  ),
  made(
    'property-returned',
    'what a turn has beyond the reference comes back with its event',
    additiveAt('harnessProbe'),
    (response, request, memory) => {
      const { operation, body } = request;
      if (operation === 'turn' && response.status === 200 && isJson(body) && 'harnessProbe' in body)
        memory.set(`more ${list(response.body)[0]?.id}`, body.harnessProbe);
      everywhere((one) => {
        if (memory.has(`more ${one.id}`)) one.harnessProbe = memory.get(`more ${one.id}`);
      })(response, request, memory);
    },
  ),
  made(
    'removal-mark',
    'a header counts the days for which a removed conversation is kept',
    expectation('additive', HEADER),
    header('delete', 'x-retention-days', '30'),
  ),
  made(
    'key-hint',
    'a 401 has a hint',
    additiveAt('hint'),
    refused(401, ({ body }) => void (isJson(body) && Object.assign(body, { hint: 'Create a key under Settings.' }))),
  ),
  made(
    'access-internal',
    'articles without an address say that they are internal',
    additiveAt('access'),
    named((one) => one.documentUrl === null && Object.assign(one, { access: 'internal' })),
  ),
];

function gathered(...[response, request, memory]: Parameters<Change>): void {
  const { operation, body } = request;
  const all = (memory.get('all') ?? {}) as Json;
  if (operation === 'turn' && response.status === 200 && isJson(body) && isJson(body.metadata))
    memory.set('all', { ...all, ...(isJson(body.metadata.user_attributes) ? body.metadata.user_attributes : {}) });
  onShown((one) => Object.assign(one, { userAttributes: { ...(memory.get('all') ?? {}) } }))(response, request, memory);
}
