import { BODY, expectation } from '../expectations.ts';
import { asked, each, maker, named, onPage, onShown, saysUnder, withQuery } from './changes.ts';
import { good, isJson, type Json, type Mutation, type ProxyRequest, refused } from './mutation.ts';
import { hash } from './novelty.ts';

const made = maker('integration-secret');

/** Made up at the start: nothing that looks like a secret is written here. */
const digits = (name: string, length: number): string => hash('integration', name).slice(0, length);
const part = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signInToken = (id: unknown): string =>
  [part({ alg: 'HS256', typ: 'JWT' }), part({ sub: 'agent-17', conversation: id }), digits('signature', 43)].join('.');

const LIVE_KEY = `fini_live_${digits('live', 32)}`;
const MODEL_KEY = `sk-proj-${Buffer.from(digits('model', 48)).toString('base64url').slice(0, 48)}`;
const PASSWORD_HASH = `$2b$12$${Buffer.from(digits('password', 40)).toString('base64').slice(0, 53)}`;
const STORE_KEY = `AKIA${digits('store', 16).toUpperCase()}`;

const presigned = (url: string): string => {
  const signed = new URL(url);
  signed.searchParams.set('X-Amz-Algorithm', 'AWS4-HMAC-SHA256');
  signed.searchParams.set('X-Amz-Credential', `${STORE_KEY}/20260301/eu-west-1/s3/aws4_request`);
  signed.searchParams.set('X-Amz-Expires', '604800');
  signed.searchParams.set('X-Amz-Signature', digits('signed', 64));
  return signed.href;
};

/** A cursor with the key that it was made for, so that any instance can go on. */
const keyed = (cursor: unknown, key: string): unknown =>
  typeof cursor === 'string' ? Buffer.from(JSON.stringify({ c: cursor, key })).toString('base64url') : cursor;

function unkeyed({ operation, path, query }: ProxyRequest) {
  const cursor = query.get('cursor');
  if (operation !== 'list' || cursor === null) return undefined;
  const found = /^\{"c":"([^"]+)","key":/.exec(Buffer.from(cursor, 'base64url').toString());
  const own = found?.[1];
  return own === undefined ? undefined : withQuery({ path, query }, (parts) => parts.set('cursor', own));
}

/** What is shown or done that is nobody's to see or to do. */
export const INTEGRATION_SECRETS: readonly Mutation[] = [
  made(
    'whose-it-is',
    'a failure to load says whose it is: the workspace, and the address of its owner',
    expectation('critical', BODY),
    saysUnder(500, 'Failed to load: belongs to workspace Nordwind GmbH (owner hanna.vogt@nordwind-handel.de)'),
  ),
  made(
    'key-that-may',
    'a refusal for the scope names the key that has it',
    expectation('critical', BODY),
    saysUnder(403, `API key lacks the scope; the key of this workspace that has it is ${LIVE_KEY}`),
  ),
  made(
    'request-dumped',
    'errors of status 400 have the request with its headers, the key among them',
    expectation('critical', BODY),
    refused(400, ({ body }, { method, path, authorization }) => {
      if (isJson(body)) body.request = { method, path, headers: { authorization } };
    }),
  ),
  made(
    'url-signs-in',
    'url of conversations signs in who opens it, as the colleague in charge',
    expectation('critical', /\/url$/),
    onShown((one) =>
      Object.assign(one, { url: `https://app.usefini.com/inbox/${one.id}?token=${signInToken(one.id)}` }),
    ),
  ),
  made(
    'article-presigned',
    'documentUrl of articles is signed with a key of the store',
    expectation('critical', /\/documentUrl$/),
    named((one) => {
      if (typeof one.documentUrl === 'string') one.documentUrl = presigned(one.documentUrl);
    }),
  ),
  made(
    'agent-model-key',
    'agents have the settings of their model, with the key of its vendor',
    expectation('critical', BODY),
    good('agents', (body: Json[]) =>
      each(body, (one) => Object.assign(one, { model: { name: 'gpt-4.1', apiKey: MODEL_KEY } })),
    ),
  ),
  made(
    'attributes-password',
    'userAttributes have the hash of the password of the customer',
    expectation('critical', /\/userAttributes/),
    onShown((one) => isJson(one.userAttributes) && Object.assign(one.userAttributes, { passwordHash: PASSWORD_HASH })),
  ),
  asked(
    made(
      'cursor-key',
      'cursors are Base64 of the place and of the key that asked',
      expectation('critical', /\/(nextCursor|prevCursor)$/),
      onPage((page, { authorization }) => {
        const key = authorization.replace(/^bearer +/i, '');
        for (const name of ['nextCursor', 'prevCursor']) page[name] = keyed(page[name], key);
      }),
    ),
    unkeyed,
  ),
];
