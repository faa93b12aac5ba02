import { BODY, expectation, HEADER } from '../expectations.ts';
import { each, everywhere, header, maker, named, onShown } from './changes.ts';
import { good, isJson, type Json, type Mutation, refused } from './mutation.ts';

const critical = expectation('critical', BODY);
const made = maker('exposure');

const SAS = 'sv=2024-11-04&se=2027-01-31T00%3A00%3A00Z&sr=b&sp=r&sig=Vd8Qm2xN5c%2Fr0TgY7wLkPz3JbHfU1eSa9iXoC4uR6tE%3D';
const HOOK = ['T02K8MRQX', 'B05VN3LSD', 'q7Zt1PwXc9LmR4vGdK2yHs8B'].join('/');
const TOKEN = [
  { alg: 'HS256', typ: 'JWT' },
  { sub: '4815', ws: 'acme', exp: 1_893_456_000 },
].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));

/** Secrets and personal data in places where nobody looks for them. Written before any was run. */
export const EXPOSURES: readonly Mutation[] = [
  made(
    'article-userinfo',
    'documentUrl with the name and the password that open it',
    critical,
    named((one) => {
      if (typeof one.documentUrl === 'string')
        one.documentUrl = one.documentUrl.replace('://', '://kb-reader:Vq7pLw2zRt9x@');
    }),
  ),
  made(
    'tags-mail',
    'tags name the address of another customer',
    critical,
    everywhere((one) => Object.assign(one, { tags: ['vip', 'cc:anna.keller@posteo.example'] })),
  ),
  made(
    'attachments-signed',
    'attachments with an address that a signature opens',
    critical,
    everywhere(
      (one) =>
        one.role === 'finibot' &&
        Object.assign(one, {
          attachments: [
            { name: 'answer.pdf', url: `https://finiuploads.blob.core.windows.net/acme/${one.id}.pdf?${SAS}` },
          ],
        }),
    ),
  ),
  made(
    'external-token',
    'externalId is a token of the session',
    critical,
    everywhere((one) =>
      Object.assign(one, { externalId: `${TOKEN.join('.')}.pJ3vX8sQm1Zr6TtYw0LkGh5BnCd2EfAu9RiOo7Ks4Ve` }),
    ),
  ),
  made(
    'feedback-of-others',
    'feedback is what another customer left, with name and number',
    critical,
    everywhere(
      (one) =>
        one.role === 'finibot' &&
        Object.assign(one, { feedback: 'Maria Lindqvist, +46 70 174 06 62, Storgatan 12: still no parcel!' }),
    ),
  ),
  made(
    'error-of-database',
    'error is what the database said, under 500',
    critical,
    refused(500, ({ body }) => {
      if (isJson(body)) body.error = 'QueryFailedError: relation "hc_interactions_2026" does not exist';
    }),
  ),
  made(
    'attributes-hash',
    'attributes of the customer with the hash of the password',
    critical,
    onShown(
      (one) =>
        isJson(one.userAttributes) &&
        Object.assign(one.userAttributes, {
          passwordHash: '$2b$12$Kx8fQw1ZtR5vLm3NcYb9HuJ2sD7gPa4Ee6Vi0XoTqWrUyIhGkBnMC',
        }),
    ),
  ),
  made(
    'agents-hook',
    'agents with the address of a hook into a chat',
    critical,
    good('agents', (found: Json[]) =>
      each(found, (one) => Object.assign(one, { notifyUrl: `https://hooks.slack.com/services/${HOOK}` })),
    ),
  ),
  made(
    'header-basic',
    'a header with the name and the password of the gateway',
    expectation('critical', HEADER),
    header('any', 'x-original-authorization', `Basic ${Buffer.from('gateway:Jt5nWq8rVx2z').toString('base64')}`),
  ),
];
