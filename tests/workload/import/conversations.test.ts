import { describe, expect, it } from 'vitest';
import { Conversations } from '../../../scripts/workload/import/conversations.ts';
import type { SaidMessage } from '../../../scripts/workload/import/said-message.ts';

const NOW = Date.UTC(2026, 1, 1);
const AT = NOW - 3_600_000;
const ENGLISH = 'Where is my parcel? It has not arrived yet, and I have been waiting for two weeks.';
const GERMAN = 'Wo ist mein Paket? Es ist noch nicht angekommen, und ich warte schon seit zwei Wochen darauf.';

const said = (at: number, text: string, over: Partial<SaidMessage> = {}): SaidMessage => ({
  ...{ conversation: 'c1', at, role: 'user', chars: text.length, text },
  ...over,
});

function gathered(messages: readonly SaidMessage[], kept?: ReadonlySet<string>) {
  const conversations = new Conversations(kept);
  for (const message of messages) conversations.add(message);
  return { conversations, shapes: [...conversations.shapes(NOW, kept && ((text) => text.toUpperCase()))] };
}

describe('gathered conversations', () => {
  it('have the order of their times, whatever that of the file', () => {
    const messages = [said(AT, 'a'), said(AT + 5_000, 'b', { role: 'finibot' }), said(AT + 25_000, 'c')];
    const { shapes } = gathered([...messages].reverse());
    const turn = { role: 'user', chars: 1 };
    expect(shapes).toMatchObject([
      {
        startMs: AT,
        latestMs: AT + 25_000,
        turns: [
          { ...turn, pauseMs: 0 },
          { ...turn, pauseMs: 20_000 },
        ],
      },
    ]);
  });

  it('may be interleaved', () => {
    const messages = [0, 1, 2, 3, 4, 5].map((index) => said(AT + index, 'a', { conversation: `c${index % 2}` }));
    expect(gathered(messages).shapes.map((it) => typeof it === 'object' && it.turns.length)).toEqual([3, 3]);
  });

  it('count a message that is there twice once', () => {
    const { conversations, shapes } = gathered([
      ...[said(AT, 'a'), said(AT + 1, 'b'), said(AT, 'a'), said(AT, 'c'), said(AT, 'a', { role: 'agent' })],
      ...[said(AT, 'a', { conversation: 'c2' }), said(AT, '', { chars: 3 }), said(AT, '', { chars: 3 })],
    ]);
    expect(shapes.map((it) => typeof it === 'object' && it.turns.length)).toEqual([6, 1]);
    expect(conversations.repeated).toBe(1);
  });

  it.each<[string, readonly SaidMessage[], string]>([
    ['what customers said', [said(AT, GERMAN), said(AT, ENGLISH, { role: 'agent' })], 'de'],
    ['others, where customers said nothing', [said(AT, ENGLISH, { role: 'agent' })], 'en'],
    ['all of what they said', [said(AT, GERMAN.slice(0, 12)), said(AT + 1, GERMAN.slice(12))], 'de'],
    ['none of what the service said', [said(AT, 'ok'), said(AT, ENGLISH, { role: 'finibot' })], 'und'],
    ['what the file says', [said(AT, ENGLISH, { language: 'nl' })], 'nl'],
  ])('have the language of %s', (_, messages, language) => {
    expect(gathered(messages).shapes).toMatchObject([{ language }]);
  });

  it('are not learnt from without plausible times or turns, nor do they stretch the window', () => {
    const { conversations, shapes } = gathered([
      said(AT, 'a'),
      said(NOW + 86_400_000, 'a', { conversation: 'future' }),
      said(AT - 1, 'a', { conversation: 'bot', role: 'finibot' }),
    ]);
    expect(shapes.map((it) => (typeof it === 'string' ? it : it.turns.length))).toEqual([
      1,
      'withoutTimes',
      'withoutTurns',
    ]);
    expect(conversations.span(NOW)).toEqual({ since: AT, until: AT });
    expect(new Conversations().span(NOW)).toBeUndefined();
  });

  it('of thousands of messages do not fill the memory', () => {
    const { conversations, shapes } = gathered(
      Array.from({ length: 6_000 }, (_, index) => said(AT + index, `${index}`)),
    );
    expect(conversations.dropped).toBe(1_000);
    expect(shapes).toMatchObject([{ turns: { length: 200 } }]);
  });

  it('have texts only of those that are kept', () => {
    const messages = [said(AT + 1, 'b'), said(AT, 'a'), said(AT, 'x', { conversation: 'c2' })];
    const [shape] = gathered(messages).shapes;
    const { key } = shape as { key: string };
    expect(JSON.stringify(shape)).not.toContain('"text"');
    expect(gathered(messages, new Set([key])).shapes).toMatchObject([{ key, turns: [{ text: 'A' }, { text: 'B' }] }]);
  });
});
