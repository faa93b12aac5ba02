import { describe, expect, it } from 'vitest';
import { illegibleAt } from '../../../scripts/drift/judge/answer/garbled.ts';
import { judgeTitles } from '../../../scripts/drift/judge/judge-titles.ts';
import { agents, exchangeOf, id, lines, turn, viewOf } from '../made-run.ts';

const titled = (...titles: readonly string[]) =>
  titles.map((title, at) => [
    turn(at, exchangeOf(at, { reply: { usedArticles: [{ id: id('a', at), title, documentUrl: null }] } })),
  ]);

describe('titles and names that nobody can read', () => {
  it.each<[string, readonly string[], number]>([
    ['as people write them', ['Your data', 'Q&A', 'Caf\u00e9 & bar', '100 %'], 0],
    ['one of three', ['Q&amp;A', 'Your data', 'Delivery'], 0],
    ['most of them escaped', ['Q&amp;A', 'You&#39;re data', 'Delivery'], 2],
    ['places that nobody filled', ['{{title}}', '%(title)s'], 2],
  ])('%s', (_, titles, count) => expect(judgeTitles(viewOf(titled(...titles)).sound)).toHaveLength(count));

  it('are critical where they say where files are', () => {
    const judge = (...titles: readonly string[]) => [
      ...new Set(judgeTitles(viewOf(titled(...titles)).sound).map(({ rule }) => rule)),
    ];
    expect(judge('\\\\fs01\\kb$\\Data.docx', '\\\\fs01\\kb$\\Returns.docx', 'Q&amp;A')).toEqual(['secret-shown']);
    expect(judge('Where is /etc/hosts', 'Your data', 'Returns')).toEqual([]);
  });

  it('are those of agents, too', () => {
    const named = (...names: readonly string[]) =>
      agents(names.map((name, at) => ({ id: id('b', at), name, createdAt: '2026-01-31T00:00:00Z' })));
    const judge = (...names: readonly string[]) => lines(judgeTitles(viewOf([[named(...names)]]).sound));
    expect(judge('undefined', '[object Object]')).toEqual(Array(2).fill('text-garbled #/responses/200/body/*/name'));
    expect(judge('Support', 'undefined')).toEqual(['text-garbled #/responses/200/body/*/name'].slice(1));
  });
});

describe('a short text', () => {
  it.each<[string, boolean]>([
    ['', false],
    [' ', false],
    ['content must be a string', true],
    ['Ungültige Anfrage: "content" fehlt.', true],
    ['property &quot;content&quot; is missing', false],
    ['%s is required', false],
    ['{field} is required', false],
    ['Unexpected token } in JSON at position 12', true],
    ['must match {1,20} characters', true],
    ['100 %, sure', true],
    ['null', false],
    ['content must not be null', true],
    ['Die Anfrage ist ung\u00c3\u00bcltig, bitte pr\u00c3\u00bcfen.', false],
  ])('%j is readable: %s', (text, isReadable) => expect(illegibleAt(text) < 0).toBe(isReadable));
});
