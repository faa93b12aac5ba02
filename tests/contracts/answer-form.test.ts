import { describe, expect, it } from 'vitest';
import { answerForm, articlesOfReply } from '../../contracts/answer-form.ts';
import { turnResponse } from '../../contracts/response.ts';
import example from './fixtures/generate-answer.example.json' with { type: 'json' };

const formWith = (attachments: readonly unknown[]): string =>
  answerForm(turnResponse(200, {}, JSON.stringify(example.map((event) => ({ ...event, attachments })))));
const id = (index: number) => `${index.toString(16).padStart(8, '0')}-d5b9-4eee-ad08-5e2c7d9cb741`;
const map = (from: number, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [id(from + index), 1]));

describe('answerForm', () => {
  it('is the same for as many items of the same types, and another for other types', () => {
    expect(formWith([{ a: 1 }])).toBe(formWith([{ a: 2 }, { a: 3 }]));
    expect(formWith([{ a: 1 }])).not.toBe(formWith([{ a: 'x' }]));
    expect(formWith([{ a: 1 }])).not.toBe(formWith([{ b: 1 }]));
    expect(formWith([1])).not.toBe(formWith([]));
  });

  it('is the same for maps with other keys', () => expect(formWith([map(0, 50)])).toBe(formWith([map(900, 20)])));

  it('is short, whatever the items are', () => {
    const items = Array.from({ length: 5_000 }, (_, index) => ({ [`name ${'x'.repeat(index)}`]: index }));
    expect(formWith(items).length).toBeLessThan(1_000);
    const names = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`n${'y'.repeat(index)}`, index]));
    expect(formWith([names]).length).toBeLessThan(1_000);
    expect(articlesOfReply(formWith(items))).toBe(example[1]?.usedArticles.length);
  });
});
