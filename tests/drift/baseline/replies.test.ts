import { describe, expect, it } from 'vitest';
import { isHandover } from '../../../scripts/drift/baseline/handover.ts';
import { type Reply, repliesOf } from '../../../scripts/drift/baseline/replies.ts';
import { styleOf } from '../../../scripts/drift/baseline/style.ts';
import { languageOf } from '../../../scripts/foundation/text/language.ts';

const reply = (change: Partial<Reply> = {}): Reply => ({
  chars: 50,
  text: 'x',
  articles: 0,
  latencyMs: 1_000,
  ...change,
});

describe('the replies of a run', () => {
  it('count those in the language of their turn, of the clear ones', () => {
    const list = [reply({ isInLanguage: true }), reply({ isInLanguage: false }), reply({})];
    expect(repliesOf('mix', list)?.language).toEqual({ k: 1, n: 2 });
  });

  it('count stalls against their own median', () => {
    const list = [...Array(9).fill(reply()), reply({ latencyMs: 5_100 })];
    expect(repliesOf('mix', list)?.stalls).toEqual({ k: 1, n: 10 });
  });

  it('show a trend as the ratio of the last third to the first', () => {
    const list = [1_000, 1_000, 3_000, 9_000, 2_000, 2_000].map((latencyMs) => reply({ latencyMs }));
    expect(Math.exp(repliesOf('mix', list)?.trend?.mean ?? 0)).toBeCloseTo(2, 9);
  });

  it('show how much longer replies with articles take', () => {
    const list = [1, 2, 3, 4].map((n) =>
      reply({ latencyMs: n % 2 === 0 ? 2_000 : 1_000, articles: n % 2 === 0 ? 1 : 0 }),
    );
    expect(Math.exp(repliesOf('mix', list)?.searched?.mean ?? 0)).toBeCloseTo(2, 9);
  });

  it('show how much longer further turns of a conversation take', () => {
    const list = [1, 2, 3, 4].map((n) => reply({ latencyMs: n % 2 === 0 ? 3_000 : 1_000, isContinued: n % 2 === 0 }));
    expect(Math.exp(repliesOf('mix', list)?.continued?.mean ?? 0)).toBeCloseTo(3, 9);
  });

  it('count what was recalled, of those that were asked for it', () => {
    const list = [reply({ isRecalled: true }), reply({ isRecalled: false }), reply({})];
    expect(repliesOf('mix', list)?.recall).toEqual({ k: 1, n: 2 });
  });

  it('count articles with a link, and by its host', () => {
    const known = repliesOf('mix', [
      reply({ hosts: ['a.example', null] }),
      reply({ hosts: ['a.example', 'b.example'] }),
    ]);
    expect([known?.linked, known?.withLink, known?.withoutLink, known?.hosts]).toEqual([
      { k: 3, n: 4 },
      { k: 2, n: 2 },
      { k: 1, n: 2 },
      { 'a.example': 2, 'b.example': 1 },
    ]);
  });

  it('show nothing of what is not known', () => {
    const known = repliesOf('mix', [reply({ latencyMs: undefined }), reply({ latencyMs: undefined })]);
    expect([known?.trend, known?.continued, known?.language, known?.handover]).toEqual(Array(4).fill(undefined));
    expect([known?.recall, known?.linked, known?.hosts]).toEqual(Array(3).fill(undefined));
  });
});

describe('the style of a reply', () => {
  it.each([
    ['plain', 'It is on its way.', []],
    ['with elements of HTML', '<p>It is on its way.<br/></p>', ['markup']],
    ['with HTML in code, and a comparison', '`<p>` is a paragraph; a < b > c!', []],
    ['in capitals', 'IT IS ON ITS WAY, Ann.', ['capitals']],
    ['with a link', 'See [this](https://example.com/a).', ['links']],
    ['without letters of two cases', '我会为您查看。OK!', []],
    ['with a telephone number', 'Call us: +49 170 1234567.', ['phones']],
    ['with a number of an order', 'It is 0017 0123 4567, from 2026-01-31 10:00.', []],
    ['that stops in a word', 'Your order page shows where the par', ['unfinished']],
    ['that stops before what should follow', 'You can send it back, but, ', ['unfinished']],
    ['that ends with a link', 'All of it is at https://example.com/help', ['links']],
    ['that ends in bold', '**Done. It is on its way!**', []],
    ['that ends with a face', 'Done 🎉', []],
  ])('%s', (_, message, expected) => {
    const found = Object.entries(styleOf(message)).flatMap(([name, is]) => (is ? [name] : []));
    expect(found).toEqual(expected);
  });
});

describe('the language of a text', () => {
  it.each([
    ['en', 'Your order left our warehouse on Monday. [ref:k3v9q2-1c-4-07h2]'],
    ['de', 'Ihre Bestellung hat unser Lager am Montag verlassen.'],
    ['fr', 'Vous pouvez annuler à tout moment, sans frais.'],
    ['es', 'Su pedido salió de nuestro almacén el lunes.'],
    ['pt', 'O seu pedido saiu do nosso armazém na segunda-feira.'],
    ['ja', 'ご注文は月曜日に倉庫から発送されました。ありがとうございます。'],
    ['ar', 'غادر طلبك مستودعنا يوم الاثنين وسيصل قريبا.'],
    [undefined, 'OK, thanks!'],
    [undefined, '`const order = await fetch(url)` [ref:k3v9q2-1c-4-07h2]'],
  ])('%s: %s', (language, text) => expect(languageOf(text)).toBe(language));
});

describe('a reply', () => {
  it.each([
    'I will hand you over to a colleague. They usually answer within ten minutes.',
    "I'm transferring this chat to a human agent now.",
    'A colleague will get back to you within a day.',
    'Ich verbinde Sie mit einem Kollegen.',
    'Je transfère votre demande à un conseiller.',
    'Le paso con un compañero del equipo.',
  ])('that hands over: %s', (message) => expect(isHandover(message)).toBe(true));

  it.each([
    'Your colleague can change the plan in the settings.',
    'We transfer the refund to your bank account within five days.',
    'You can hand the parcel over at any shop.',
  ])('that does not: %s', (message) => expect(isHandover(message)).toBe(false));
});
