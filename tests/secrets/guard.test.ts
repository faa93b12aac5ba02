import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newGuard } from '../../scripts/secrets/guard.ts';

const KEY = 'fini_c4n4ry+/="key\\';

describe('the redaction of a guard', () => {
  it.each([
    ['the key', KEY],
    ['the key in JSON', JSON.stringify({ key: KEY })],
    ['the key in JSON in JSON', JSON.stringify(JSON.stringify({ key: KEY }))],
    ['the key in a URL', `https://a.example/?key=${encodeURIComponent(KEY)}`],
    ['the key in base64', Buffer.from(KEY).toString('base64')],
    ['the key in base64url', Buffer.from(KEY).toString('base64url')],
    ['the key in hexadecimal', Buffer.from(KEY).toString('hex').toUpperCase()],
    ['the key with every byte of a URL escaped', Buffer.from(KEY).toString('hex').replace(/../g, '%$&')],
    ['the key with every character of JSON escaped', Buffer.from(KEY).toString('hex').replace(/../g, '\\u00$&')],
    ['the key in small letters', KEY.toLowerCase()],
  ])('takes out %s', (_name, text) => {
    const redacted = newGuard({ FINI_API_KEY: KEY }).redact(`before ${text} after`);
    expect(redacted).toContain('[key]');
    expect(redacted).not.toMatch(/c4n4ry|6334|%63|u0063/);
    expect(redacted).toMatch(/^before .* after$/);
  });

  it('takes out the other keys of the environment, and nothing for short ones', () => {
    const redact = newGuard({ FINI_READ_KEY: 'plain-words', FINI_OTHER_KEY: 'a', FINI_BOT_ID: 'bot-1' }).redact;
    expect(redact('plain-words of a bot-1')).toBe('[key] of a bot-1');
  });

  it.each([
    ['fini_0123456789abcdef', '[key]'],
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer [key]'],
    ['write to grace.hopper@navy.example please', 'write to [e-mail] please'],
    ['{"email":"a.b+c@mail.example.co"}', '{"email":"[e-mail]"}'],
    ['to=ann%40mail.example&x', '[e-mail]'],
    ['to=ann%40mail%2Eexample&x', '[e-mail]'],
    ['to=ann%2540mail.example', '[e-mail]'],
    ['{"to":"ann\\u0040mail.example","x":"a\\nb"}', '{"to":"[e-mail]","x":"a\\nb"}'],
    ['<b>ann&#64;mail.example</b>', '<b>[e-mail]</b>'],
    ['<b>ann&commat;mail.example</b>', '<b>[e-mail]</b>'],
    ['100%40 and \\u0040 and 2540.5', '100%40 and \\u0040 and 2540.5'],
    ['fini-harness run load --base-url http://127.0.0.1:80', 'fini-harness run load --base-url http://127.0.0.1:80'],
    ['@types/k6 and npm i k6@1.8', '@types/k6 and npm i k6@1.8'],
  ])('reads %s as %s', (text, redacted) => {
    expect(newGuard({}).redact(text)).toBe(redacted);
  });

  it.each([
    ['in JSON of ASCII', '"M\\u00fcller \\u0026"', ['M\u00fcller']],
    ['in a URL', 'name=M%C3%BCller%20Ltd', ['M\u00fcller Ltd']],
    ['in a path', '/M%C3%BCller%20%26%20Co', ['M\u00fcller & Co']],
  ])('takes out personal values %s', (_name, text, values) => {
    const guard = newGuard();
    guard.protectPersonal({ values });
    expect(guard.redact(text)).toContain('[personal]');
    expect(guard.redact(text)).not.toContain('ller');
  });

  it('never lets a key through, wherever it stands', () => {
    const key = fc.string({ minLength: 8, maxLength: 40 }).filter((text) => text.trim().length >= 8);
    fc.assert(
      fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
        const redacted = newGuard({ FINI_API_KEY: secret }).redact(`${before}${secret}${after}`);
        expect(redacted.length).toBeLessThanOrEqual(before.length + after.length + '[key]'.length + secret.length);
        if (!'[key][e-mail]Bearer '.includes(secret.trim()))
          expect(redacted.replaceAll('[key]', '')).not.toContain(secret.trim());
      }),
    );
  });
});
