import { BODY, expectation, HEADER } from '../expectations.ts';
import { each, header, maker, named, onShown, saidByAi, saysUnder } from './changes.ts';
import { good, isJson, type Json, type Mutation, refused } from './mutation.ts';

const critical = expectation('critical', BODY);
const made = maker('spill');

const PEM = `-----BEGIN PRIVATE KEY-----\n${Buffer.from('not a key, and as long as one would be'.repeat(3)).toString('base64')}\n-----END PRIVATE KEY-----`;

/** More secrets and personal data where nobody looks for them. Written before any was run. */
export const SPILLS: readonly Mutation[] = [
  made(
    'error-owner',
    'errors say whose the agent is that another workspace asked for',
    critical,
    saysUnder(500, 'Bot belongs to workspace globex-savings (owner h.ito@globex-savings.example)'),
  ),
  made(
    'article-share',
    'titles of articles are paths of a file server',
    critical,
    named((one) => Object.assign(one, { title: `\\\\fs01.corp.acme.local\\support$\\${one.title}.docx` })),
  ),
  made(
    'channel-mail',
    'the channel of conversations names the mail box and who wrote',
    critical,
    onShown((one) => Object.assign(one, { channel: 'email:jo.maddison@fastmail.example' })),
  ),
  made(
    'preview-key',
    'subjectPreview shows the key that was sent',
    critical,
    onShown((one, { authorization }) => Object.assign(one, { subjectPreview: authorization })),
  ),
  made(
    'agents-pem',
    'agents with the private key that signs for them',
    critical,
    good('agents', (found: Json[]) => each(found, (one) => Object.assign(one, { signing: PEM }))),
  ),
  made(
    'header-hops',
    'a header with the addresses of the caller and of inner hops',
    expectation('critical', HEADER),
    header('any', 'x-forwarded-for', '81.187.42.142, 10.1.4.7, 172.20.0.3'),
  ),
  made(
    'iban',
    'replies with the account of somebody',
    expectation('critical', /\/message$/),
    saidByAi(
      ({ message }) => `${message} The refund went to Hiroko Tanaka, IBAN DE89 3704 0044 0532 0130 00, yesterday.`,
    ),
  ),
  made(
    'error-request',
    'errors under 400 show the request with its headers',
    critical,
    refused(400, (response, { authorization, method, path }) => {
      if (isJson(response.body)) response.body.request = { method, path, headers: { authorization } };
    }),
  ),
];
