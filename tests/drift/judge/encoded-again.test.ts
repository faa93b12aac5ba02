import { describe, expect, it } from 'vitest';
import { isEncodedAgain } from '../../../scripts/drift/judge/encoded-again.ts';

const SAID = '  Is \'; DROP TABLE "orders"; -- <ok> caf\u00e9 & more\na valid order number?';

describe('what was said', () => {
  it.each<[string, string, boolean]>([
    ['as it is', SAID, false],
    ['cut, in a line', 'Is \'; DROP TABLE "orders"; -- <ok> caf\u00e9 & more a valid\u2026', false],
    ['in other words', 'A question about an order number', false],
    ['without its marks', 'Is DROP TABLE orders ok caf\u00e9 more', false],
    ['with entities', 'Is &#39;; DROP TABLE &quot;orders&quot;; -- &lt;ok&gt; caf\u00e9', true],
    ['with entities by number, cut in one', 'Is &#x27;; DROP TABLE &#34;orders&#3', true],
    ['as in an address', encodeURIComponent(SAID.trim()).slice(0, 50), true],
    ['as in a form', encodeURIComponent(SAID.trim()).replaceAll('%20', '+').slice(0, 40), true],
    ['as in a string of JSON', JSON.stringify(SAID.trim()), true],
    ['with slashes before its quotes', SAID.trim().replace(/['"]/g, '\\$&'), true],
    ['read as Latin-1', Buffer.from(SAID.trim()).toString('latin1'), true],
    ['in Base64', Buffer.from(SAID.trim()).toString('base64'), true],
    ['of which few letters are left', 'Is &#39;', false],
    ['with entities of something else', 'Was &#39;; DROP TABLE &quot;orders&quot;', false],
    ['not at all', '', false],
  ])('%s', (_, shown, expected) => expect(isEncodedAgain(shown, SAID)).toBe(expected));

  it('may have entities of its own', () => {
    const meant = 'Is &amp; &lt;ok&gt; a valid order number?';
    expect(isEncodedAgain(meant.slice(0, 30), meant)).toBe(false);
    expect(isEncodedAgain('Is & <ok> a valid order number?', meant)).toBe(false);
    expect(isEncodedAgain('Is &amp;amp; &amp;lt;ok&amp;gt; a valid', meant)).toBe(true);
  });
});
