import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hintedIn, SECRET_PATTERNS } from '../../contracts/secret-patterns.ts';
import { cases } from '../fuzz/odd.ts';

const HEX = '0123456789abcdef0123456789abcdef';
const LONG = 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3z';
const BCRYPT = 'N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';

/** Secrets by the expression that finds them, in its order: one of each alternative. */
const SECRETS: readonly (readonly string[])[] = [
  ['postgres://fini:hunter2@db', 'amqp://fini:[e-mail]', `https://${HEX}@sentry.io`],
  [
    `https://hooks.slack.com/services/${LONG}`,
    `https://discord.com/api/webhooks/${LONG}`,
    `https://discordapp.com/api/webhooks/${LONG}`,
  ],
  [
    ...[`PHPSESSID=${LONG}`, `JSESSIONID=${LONG}`, `connect.sid=${LONG}`],
    ...['$1$abcdefgh', '$5$abcdefgh', '$6$abcdefgh', '$y$abcdefgh', 'pbkdf2_sha256$'],
  ],
  [
    ...['npm', 'hf', 'shpat', 'dop_v1', 'sntrys', 'lin_api'].map((name) => `${name}_${LONG}`),
    ...[`xapp-${LONG}`, `ATATT${LONG}`, `AC${HEX}`],
  ],
  [`key hash ${HEX}`, `password digest: ${HEX}`, `hmac ${HEX}`, `salt ${HEX}`],
  ['KEY', 'TOKEN', 'SECRET', 'PASSWORD', 'PASSWD', 'DSN'].map((name) => `OPENAI_${name}=abcd`),
  [
    ...['password', 'passwd', 'secret', 'apikey', 'api_key', 'api-key'],
    ...['accesstoken', 'access_token', 'access-token'],
  ].map((name) => `${name}: hunter2a99`),
  ['Bearer abcdef1234567890abcd', 'Basic abcdef1234567890abcd=='],
  [
    ...['X-Amz-Signature', 'X-Amz-Credential', 'X-Amz-Security-Token', 'X-Goog-Signature'],
    ...['AWSAccessKeyId', 'Signature', 'sig'],
  ].map((name) => `?${name}=${LONG}`),
  [
    ...['sk_live', 'pk_test', 'rk', 'whsec'].map((name) => `${name}_${LONG}`),
    ...[`SG.${LONG}.${LONG}`, `glpat-${LONG}`, `ya29.${LONG}`],
  ],
  [`$2b$10$${BCRYPT}`, '$argon2id$', '$argon2i$', '$argon2d$', `AccountKey=${LONG}`, '-----BEGIN CERTIFICATE'],
  [
    ...['AKIA0123456789ABCDEF', `AIza${LONG}`, `xoxb-${LONG}`, `sk-${LONG}`],
    ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((name) => `${name}_${LONG}`),
  ],
  [`fini_${LONG}`, `eyJ${LONG}.eyJ${LONG}.`, '-----BEGIN RSA PRIVATE KEY'],
];

/** The expressions that match, and those of them without a hint. */
const matching = (text: string) => SECRET_PATTERNS.filter(({ pattern }) => pattern.test(text));
const unhinted = (text: string) => matching(text).filter((secret) => !hintedIn(text)(secret));

const lists = SECRETS.map((texts, index) => [index, texts] as const);

describe('hints of secrets', () => {
  it.each(lists)('those of expression %d are in every secret that it finds', (index, texts) => {
    for (const text of texts) {
      expect(matching(text)).toContain(SECRET_PATTERNS[index]);
      expect(unhinted(text)).toEqual([]);
    }
  });

  it('every hint is in a secret, so that none is missed for want of an example', () => {
    for (const [index, { hints }] of SECRET_PATTERNS.entries())
      for (const hint of hints.flat())
        expect(SECRETS[index]?.some((text) => [text, text.toLowerCase()].some((it) => it.includes(hint)))).toBe(true);
  });

  it('no text is missed for want of a hint, whatever the case of its letters and whatever is around it', () => {
    const secret = fc.constantFrom(...SECRETS.flat());
    const odd = fc.constantFrom('ſ', 'K', 'İ', '\u{1f600}', '"', '\\', '%40', '$2', '[e-mail]');
    const other = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), odd);
    const changed = fc
      .tuple(secret, fc.nat(), other, fc.constantFrom('as it is', 'upper', 'lower', 'folded'))
      .map(([text, at, put, how]) => {
        const place = at % (2 * text.length);
        const torn = place < text.length ? text.slice(0, place) + put + text.slice(place + 1) : text;
        if (how === 'upper') return torn.toUpperCase();
        if (how === 'lower') return torn.toLowerCase();
        return how === 'folded' ? torn.replaceAll('s', 'ſ').replaceAll('k', 'K') : torn;
      });
    const text = fc.array(fc.oneof(changed, other), { maxLength: 6 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, (each) => {
        expect(unhinted(each)).toEqual([]);
      }),
      { numRuns: cases(200) },
    );
  });
});
