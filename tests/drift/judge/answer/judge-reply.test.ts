import { describe, expect, it } from 'vitest';
import { judgeReply } from '../../../../scripts/drift/judge/answer/judge-reply.ts';
import type { Probe } from '../../../../scripts/drift/sighting.ts';

const rules = (message: string, keyShown?: true): string[] => {
  const events = [
    { role: 'user', message: 'A question.' },
    { role: 'finibot', message },
  ];
  const step = { turn: { role: 'user', content: 'A question.' } };
  return judgeReply({ step, exchange: { keyShown }, response: { events } } as unknown as Probe).map(({ rule }) => rule);
};

describe('a reply', () => {
  it.each([
    ['of prose', 'Your order left on Monday.', undefined, []],
    ['with a key, which the ledger hides', 'Authorization: Bearer [key]', true, ['reply-leak']],
    ['with a key as code, shown on purpose', 'Set it so: `KEY=[key]`', true, []],
    ['that speaks of [key] of its own', 'Press [key] to go on.', undefined, []],
    ['that is what was asked', 'A question.', undefined, ['reply-parrot']],
    ['taken for Latin-1', 'FÃ¼r die RÃ¼ckgabe.', undefined, ['reply-garbled']],
    ['taken for Windows-1252', 'It’s here, we donâ€™t and canâ€™t.', undefined, ['reply-garbled']],
    ['about an encoding', 'If you see Ã© in place of é, choose UTF-8.', undefined, []],
    ['with a NUL', 'Your order\u0000 left.', undefined, ['reply-garbled']],
    ['with lines and tabs', 'Your order:\r\n\t- left', undefined, []],
    ['escaped once more', 'You&#39;re welcome', undefined, ['reply-garbled']],
    ['with an entity as code', 'Write `&amp;` there.', undefined, []],
    ['that is JSON within JSON', 'Hello,\\nyour order left.\\nBye', undefined, ['reply-garbled']],
    ['in Base64', 'WW91ciBvcmRlciBsZWZ0IG9uIE1vbmRheS4gSXMgdGhhdCBhbGw/', undefined, ['reply-garbled']],
    ['as in a query', 'Your%20order%20left%20on%20Monday', undefined, ['reply-garbled']],
    ['with an address', 'https://help.example.com/a%20page/of/a/very/long/name-that-goes-on-and-on', undefined, []],
    ['with a path of Windows', 'Open C:\\new\\notes.txt: it is there.', undefined, []],
    ['in Portuguese and French', 'Não, às 5 % — « voilà » Âge', undefined, []],
    ['that is an error', 'Internal Server Error', undefined, ['reply-error-text']],
  ] as const)('%s', (_, message, keyShown, expected) => {
    expect(rules(message, keyShown)).toEqual(expected);
  });
});
