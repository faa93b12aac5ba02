import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptBody, LONGEST_BODY } from '../../contracts/kept-body.ts';
import { type Forbidden, redactor } from '../../contracts/redact.ts';
import { newGuard } from '../../scripts/secrets/guard.ts';

const KEY = 'fini_live_0123456789abcdef0123456789abcdef';
const guard = newGuard({ FINI_API_KEY: KEY });
guard.protectPersonal({ values: ['Okafor Ltd'], patterns: ['\\+\\d{2}[ \\d]{6,}'], fields: ['phone'] });
const forbidden: Forbidden = guard.forbidden();
const kept = (body: string): unknown => keptBody(body, forbidden, redactor(forbidden));
const escaped = (text: string): string =>
  [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

describe('a body that is kept', () => {
  it.each<[what: string, body: string, kept: unknown]>([
    [
      'JSON without anything forbidden',
      '[{"id":"1","n":1764356400000,"x":null}]',
      [{ id: '1', n: 1764356400000, x: null }],
    ],
    ['a key', `{"message":"use ${KEY}"}`, { message: 'use [key]' }],
    ['a key of which each letter is escaped', `{"message":"${escaped(KEY)}"}`, { message: '[key]' }],
    ['a key as a name', `{"${KEY}":1}`, { '[key]': 1 }],
    ['an e-mail address', '{"message":"to ann@example.com"}', { message: 'to [e-mail]' }],
    ['an escaped e-mail address', '{"message":"to ann\\u0040example.com"}', { message: 'to [e-mail]' }],
    ['a datum', '{"message":"Okafor Ltd says"}', { message: '[personal] says' }],
    ['what a pattern matches', '{"message":"call +44 20 7946 0958"}', { message: 'call [personal]' }],
    [
      'a field, whatever it holds',
      '{"a":{"phone":{"home":1}},"phone":7}',
      { a: { phone: '[personal]' }, phone: '[personal]' },
    ],
    ['a field of an escaped name', '{"ph\\u006fne":7}', { phone: '[personal]' }],
    ['text that is no JSON', `<b>${KEY} ann@example.com</b>`, '<b>[key] [e-mail]</b>'],
    ['torn JSON with an escaped key', `{"message":"${escaped(KEY)}`, '{"message":"[key]'],
    ['torn JSON with a field', '{"phone":7, "mess', '{"phone":"[personal]", "mess'],
    ['nothing', '', ''],
  ])('hides %s', (_, body, expected) => {
    expect(kept(body)).toEqual(expected);
  });

  it('keeps the beginning of a long body, and no half of a key, an address or a datum at the cut', () => {
    const secrets = fc.constantFrom(KEY, 'ann.long-name@mail.example.com', 'Okafor Ltd');
    fc.assert(
      fc.property(secrets, fc.integer({ min: -60, max: 1060 }), (secret, shift) => {
        const text = kept(`${'x '.repeat((LONGEST_BODY + shift) / 2)}${secret} ${'y '.repeat(1_000)}`) as string;
        expect(text.length).toBeLessThanOrEqual(LONGEST_BODY + 20);
        expect(text.replaceAll(/\[(?:key|e-mail|personal)\]?/g, '')).toMatch(/^[xy [\]keymailprsonf-]*$/);
        for (const piece of [KEY.slice(0, 16), 'ann.', 'Okafor']) expect(text).not.toContain(piece);
      }),
    );
  });

  it('takes any text, however deep, within its limit', () => {
    expect(kept('['.repeat(30_000))).toBe('['.repeat(30_000));
    expect(() => kept(`${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`)).not.toThrow();
  });
});
