import { expectation, HEADER } from '../expectations.ts';
import { drawn } from './allowance.ts';
import { asked, maker, onShown } from './changes.ts';
import { replies } from './dialogues.ts';
import { isJson, list, type Mutation } from './mutation.ts';

const made = maker('breach');

const READ_ONLY = /_read_/;
const LIST_URL = 'https://api-prod.usefini.com/v2/hc-interactions/public';
const number = (id: unknown, of: number): number => drawn(`breach ${id}`, of);
const two = (value: number): string => String(value).padStart(2, '0');
const slug = (title: unknown): string => String(title).toLowerCase().replace(/\W+/g, '-');
const keyIn = (authorization: string): string | undefined => /^bearer +(\S+)$/i.exec(authorization)?.[1];

/** What somebody may see or do who may not. Written before any was run. */
export const BREACHES: readonly Mutation[] = [
  made(
    'cookie-key',
    'turns set a cookie that keeps the key for the next call',
    expectation('critical', HEADER),
    (response, { operation, authorization }) => {
      const key = keyIn(authorization);
      if (operation === 'turn' && response.status === 200 && key !== undefined)
        response.headers['set-cookie'] = `fini_auth=${key}; Path=/; HttpOnly; Secure; SameSite=Lax`;
    },
  ),
  made(
    'link-key',
    'a header links to the next page, with the key in its address',
    expectation('critical', HEADER),
    (response, { operation, authorization }) => {
      const key = keyIn(authorization);
      if (operation !== 'list' || response.status !== 200 || key === undefined || !isJson(response.body)) return;
      const { nextCursor } = response.body;
      const [rel, cursor] = typeof nextCursor === 'string' ? ['next', `&cursor=${nextCursor}`] : ['self', ''];
      response.headers.link = `<${LIST_URL}?api_key=${key}${cursor}>; rel="${rel}"`;
    },
  ),
  made(
    'reply-source-file',
    'each reply ends with the file on the server that it was taken from',
    expectation('critical', /\/message$/),
    replies((text, { usedArticles }) => {
      const [article] = list(usedArticles);
      return `${text}\n\nSource: /srv/fini/knowledge/acme/internal/${slug(article?.title ?? 'small talk')}.md`;
    }),
  ),
  made(
    'attributes-birthday',
    'attributes have the date of birth of the customer, which a directory added',
    expectation('critical', /\/userAttributes(\/.*)?$/),
    onShown((one) => {
      const born = `${1950 + number(one.id, 55)}-${two(1 + number(`m ${one.id}`, 12))}-${two(1 + number(`d ${one.id}`, 28))}`;
      if (isJson(one.userAttributes)) one.userAttributes = { ...one.userAttributes, date_of_birth: born };
    }),
  ),
  made(
    'conversation-whatsapp',
    'externalId of a conversation is the number from which the customer writes',
    expectation('critical', /\/externalId$/),
    onShown((one) => Object.assign(one, { externalId: `whatsapp:+4915${100_000_000 + number(one.id, 899_999_999)}` })),
  ),
  asked(
    made(
      'refused-removal-done',
      'a removal without the scope is refused, and done all the same',
      expectation('critical', /^#\/(removal|readback|listing)|\/status$/),
      (response, { operation, authorization }, memory) => {
        if (operation === 'turn' && response.status === 200 && !memory.has('writer'))
          memory.set('writer', authorization);
        if (operation !== 'delete' || !READ_ONLY.test(authorization) || response.status === 401) return;
        response.status = 403;
        response.body = { statusCode: 403, message: 'API key lacks the write scope', error: 'Forbidden' };
      },
    ),
    ({ operation, authorization }, memory) => {
      const writer = memory.get('writer');
      if (operation !== 'delete' || !READ_ONLY.test(authorization) || typeof writer !== 'string') return undefined;
      return { authorization: writer };
    },
  ),
  made(
    'header-of-previous',
    'a header of Get names the conversation that was read before, by whomever',
    expectation('critical', HEADER),
    (response, { operation }, memory) => {
      if (operation !== 'get' || response.status !== 200 || !isJson(response.body)) return;
      const previous = memory.get('read');
      const own = String(response.body.id);
      if (typeof previous === 'string' && previous !== own) response.headers['x-conversation-id'] = previous;
      memory.set('read', own);
    },
  ),
];
