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
    ['of HTML, with an escape that is due', '<ul><li>Billing &amp; plans</li></ul>', undefined, []],
    ['with an entity as code', 'Write `&amp;` there.', undefined, []],
    ['that is JSON within JSON', 'Hello,\\nyour order left.\\nBye', undefined, ['reply-garbled']],
    ['in Base64', 'WW91ciBvcmRlciBsZWZ0IG9uIE1vbmRheS4gSXMgdGhhdCBhbGw/', undefined, ['reply-garbled']],
    ['as in a query', 'Your%20order%20left%20on%20Monday', undefined, ['reply-garbled']],
    ['with an address', 'https://help.example.com/a%20page/of/a/very/long/name-that-goes-on-and-on', undefined, []],
    ['with a path of Windows', 'Open C:\\new\\notes.txt: it is there.', undefined, []],
    ['in Portuguese and French', 'Não, às 5 % — « voilà » Âge', undefined, []],
    ['turned round by a mark', '\u202eIt left on Monday.', undefined, ['reply-garbled']],
    ['in Arabic, with marks of direction', '\u200fغادر طلبك\u200e مستودعنا.', undefined, []],
    ['with invisible blanks', 'I\u200bt\u200b \u200bl\u200be\u200bf\u200bt\u200b.', undefined, ['reply-garbled']],
    ['in Persian, with a joiner', 'می\u200cخواهم آن را پس بدهم.', undefined, []],
    ["in a model's tokens", 'I\u2581can\u2581help.', undefined, ['reply-garbled']],
    ['in Maltese', 'Il-ġurnata tajba, Ġanni u Ċensu.', undefined, []],
    ['in quoted-printable', 'It=20left=20on=20Monday.', undefined, ['reply-garbled']],
    ['with a query', 'Open https://example.com/?a=20&b=30&c=AB', undefined, []],
    ['without a word', '...', undefined, ['reply-garbled']],
    ['of a face', '👍', undefined, []],
    ['of one letter', 'k', undefined, []],
    ['without blanks', 'Icanhelpwiththat.Whatisyourordernumber?', undefined, ['reply-garbled']],
    ['of a long word', 'Donaudampfschifffahrtsgesellschaft', undefined, []],
    ['in Chinese, which has no blanks', '我可以帮您查询订单的配送情况，请告诉我订单号码好吗？', undefined, []],
    ['of an address', 'support-of-the-shop.example.com', undefined, []],
    [
      'with the error of a proxy',
      'upstream connect error or disconnect/reset before headers',
      undefined,
      ['reply-error-text'],
    ],
    [
      'with the limit of a model',
      'Rate limit reached for gpt-4o in organization org-1.',
      undefined,
      ['reply-error-text'],
    ],
    ['about a limit', 'Our API has a rate limit of ten requests in a second.', undefined, []],
    ['with the number of a card', 'I charged 4111 1111 1111 1111.', undefined, ['reply-leak']],
    ['with the number of an order', 'Order 4111 1111 1111 1112 left.', undefined, []],
    ['with the number of a card for tests', 'For tests, use 4242 4242 4242 4242.', undefined, []],
    ['with the account of a customer', 'You paid from DE89 3704 0044 0532 0130 00.', undefined, ['reply-leak']],
    ['with the account of the house', 'Our account is DE89 3704 0044 0532 0130 00.', undefined, []],
    ['in German, the same', 'Unser Konto: DE89 3704 0044 0532 0130 00.', undefined, []],
    ['with an account as an example', 'It begins with GB, for example GB33BUKB20201555555555.', undefined, []],
    ['with a password', 'The password: hunter2a99', undefined, ['reply-leak']],
    ['with a password for anybody', 'Set api_key: your-key-here1 in the file.', undefined, []],
    ['with a key as an example', 'Example: Bearer sk_test_4eC39HqLyjWDarjtT1zdp7dc', undefined, []],
    ['with a key', 'I used Bearer sk_live_4eC39HqLyjWDarjtT1zdp7dc', undefined, ['reply-leak']],
    ['that explains an error', 'TypeError: x is not a function means that x is none. Look it up.', undefined, []],
    [
      'that explains an error as code',
      'The error `TypeError: no id\n    at load (/app/orders.js:12:7)` means that there is no order.',
      undefined,
      [],
    ],
    ['that is an error as code', '```\nTypeError: x is no function\n```', undefined, []],
    ['that is an error', 'TypeError: x is not a function.', undefined, ['reply-error-text']],
    [
      'about the address of a router',
      'Open http://192.168.1.1 and sign in with the password on its label.',
      undefined,
      [],
    ],
    ['about files', 'It is in /etc/hosts, or in C:\\Windows\\System32\\drivers\\etc.', undefined, []],
    ['about a database', 'Run SELECT id FROM users WHERE id = 1; at localhost:5432.', undefined, []],
    ['about settings', 'Set NODE_ENV=production and DATABASE_URL=postgres://localhost/dev.', undefined, []],
    ['with a token', `It is eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.x`, true, ['reply-leak']],
    ['that is a record', '{"order_id": 4711, "status": "shipped"}', undefined, ['reply-garbled']],
    ['that is an element of XML', '<response><text>It left.</text></response>', undefined, ['reply-garbled']],
    ['in an element of HTML', '<p>It left <b>today</b>.</p>', undefined, []],
    ['with a record as code', 'Send this: ```json\n{"a": 1}\n```', undefined, []],
    ['in brackets', '[It left on Monday.]', undefined, []],
    ['as in a form', 'Your+order+left+on+Monday.', undefined, ['reply-garbled']],
    ['with a sum', 'That is 1+2+3+4+5 in all.', undefined, []],
    ['with a comment of HTML', '<!-- 3 documents --> It left.', undefined, ['reply-garbled']],
    ['with a comment as code', 'Write `<!-- here -->` there.', undefined, []],
    [
      'that explains an error as code',
      'The error `TypeError: no id\n    at load (/app/orders.js:12:7)` means that there is no order.',
      undefined,
      [],
    ],
    ['that is an error as code', '```\nTypeError: x is no function\n```', undefined, []],
    ['that is an error', 'Internal Server Error', undefined, ['reply-error-text']],
  ] as const)('%s', (_, message, keyShown, expected) => {
    expect(rules(message, keyShown)).toEqual(expected);
  });
});
