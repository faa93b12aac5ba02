import { describe, expect, it } from 'vitest';
import { redact } from '../../contracts/redact.ts';
import { keepText } from '../../scripts/workload/keep-text.ts';

const keep = keepText(redact);

describe('a text that is kept', () => {
  it.each<[string, string]>([
    ['Where is my parcel?', 'Where is my parcel?'],
    ['Write to henrietta@quack.example, please', 'Write to [e-mail], please'],
    ['My key is fini_0123456789abcdef', 'My key is [key]'],
    ['Call +49 170 5550199 or (0170) 555-0199.', 'Call [number] or [number].'],
    ['Order 7788123, and ORD-2024-00042, and A1B2C3D4', 'Order [number], and ORD-[number], and [number]'],
    ['IBAN DE89 3704 0044 0532 0130 00', 'IBAN DE[number]'],
    ['رقم الطلب ٧٧٨٨١٢٣', 'رقم الطلب [number]'],
    ['Write to "h.q+tag"@quack.example, h＠quack.example or @henrietta', 'Write to [e-mail] [e-mail] or [e-mail]'],
    ['Call 555–123–4567, 555·123·4567 or 5 5 5, 1 2 3', 'Call [number] or [number]'],
    ['See https://quack.example/orders?id=x&mail=y now', 'See [link] now'],
    ['2 of 3 parcels came, 30 days late', '2 of 3 parcels came, 30 days late'],
  ])('%s', (text, kept) => {
    expect(keep(text, undefined)).toBe(kept);
  });

  it.each<[string, unknown, string]>([
    ['I am Henrietta Quackenbush', { name: 'Henrietta Quackenbush' }, 'I am [personal]'],
    ['I am HENRIETTA', { user_attributes: { full_name: 'Henrietta Quackenbush' } }, 'I am [personal]'],
    ['Quackenbush here', { email: 'h.quackenbush@quack.example' }, '[personal] here'],
    ['I live in Duck Lane 7', [{ address: ['Duck Lane 7'] }], 'I live in [personal]'],
    ['My code is 4711', { code: 4711 }, 'My code is [personal]'],
    ['Rosemary likes rose', { name: 'Rose' }, 'Rosemary likes [personal]'],
    ['a+b (c) [d]', { note: 'a+b (c) [d]' }, '[personal]'],
    ['I am José Müller-Lüdenscheidt', { name: 'José Müller-Lüdenscheidt' }, 'I am [personal]'],
    [
      'Henrietta’s parcel, Quackenbushs parcel',
      { name: 'Henrietta Quackenbush' },
      '[personal]’s parcel, [personal] parcel',
    ],
    ...[...'!"#$%&\'()*+,-./:;<=>?[\\]^`{|}~'].map((mark): [string, unknown, string] => [
      `so ab${mark}cd it is`,
      { code: `ab${mark}cd` },
      'so [personal] it is',
    ]),
    ['It is on', { on: true, is: null, it: 'It' }, 'It is on'],
  ])('has nothing of the attributes of its customer: %s', (text, attributes, kept) => {
    expect(keep(text, attributes)).toBe(kept);
  });

  it('is short, and has no half of an address at its end', () => {
    const kept = keep(`${'x'.repeat(40)} `.repeat(487) + 'henrietta@quack.example '.repeat(100_000), undefined);
    expect(kept.length).toBeLessThanOrEqual(20_000);
    expect(kept).not.toMatch(/henrietta|quack/);
  });

  it('of hostile texts and attributes takes no long', () => {
    const attributes = Array.from({ length: 100_000 }, (_, index) => ({ name: `name${index} `.repeat(50) }));
    for (const text of ['1'.repeat(1e6), '-'.repeat(1e6), '(1) '.repeat(1e5), 'a_'.repeat(1e5)]) {
      expect(keep(text, attributes).length).toBeLessThanOrEqual(20_000);
    }
  });
});
