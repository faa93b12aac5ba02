import { describe, expect, it } from 'vitest';
import type { Article } from '../../../contracts/generated/event.ts';
import { constantsOf, judgeConstants, keptConstants } from '../../../scripts/drift/judge/judge-constants.ts';
import type { RunView } from '../../../scripts/drift/judge/run-view.ts';
import { agents, exchangeOf, id, turn, viewOf } from '../made-run.ts';

const ARTICLES: Article[] = ['Orders', 'Returns', 'Invoices', 'Plans'].map((title, at) => ({
  id: id('a', at),
  title,
  documentUrl: at === 0 ? null : `https://help.example.com/${at}`,
}));
const AGENTS = ['Support', 'Sales'].map((name, at) => ({ id: id('b', at), name }));

const ADDRESS = 'https://help.example.com/1';

type Change = (article: Article) => Partial<Article>;

function check(
  change: Change = () => ({}),
  names: (name: string) => string = (name) => name,
  createdAt = '2026-01-31T00:00:00Z',
): RunView {
  const turns = ARTICLES.map((article, at) => [
    turn(at, exchangeOf(at, { reply: { usedArticles: [{ ...article, ...change(article) }] } })),
  ]);
  return viewOf([...turns, [agents(AGENTS.map((agent) => ({ ...agent, name: names(agent.name), createdAt })))]]);
}

const kept = keptConstants(constantsOf(check().sound));
function judge(view: RunView, count = 3): string[] {
  const baselines = Array.from({ length: count }, () => ({ constants: kept }));
  return [...new Set(judgeConstants(constantsOf(view.sound), baselines).map(({ template }) => template))];
}
const at = (name: string): string[] => [`#/responses/200/body/*/usedArticles/*/${name}`];

describe('values that belong to an id', () => {
  it.each<[string, Change, string[]]>([
    ['as ever', () => ({}), []],
    ['all titles in capitals', ({ title }) => ({ title: title.toUpperCase() }), at('title')],
    ['one new title', ({ title }) => ({ title: title === 'Plans' ? 'Our plans' : title }), []],
    [
      'all addresses with a campaign',
      ({ documentUrl }) => ({ documentUrl: documentUrl && `${documentUrl}?utm=1` }),
      at('documentUrl'),
    ],
    [
      'half of the addresses are those of other articles',
      ({ title, documentUrl }) => ({ documentUrl: title === 'Orders' || title === 'Plans' ? ADDRESS : documentUrl }),
      at('documentUrl'),
    ],
    [
      'one address of another',
      ({ title, documentUrl }) => ({ documentUrl: title === 'Plans' ? ADDRESS : documentUrl }),
      [],
    ],
    ['no addresses, which is a statistic', () => ({ documentUrl: null }), []],
    [
      'articles that nobody knows',
      ({ id: name, title }) => ({ id: name.replace(/.$/, '9'), title: `New ${title}` }),
      [],
    ],
  ])('%s', (_, change, expected) => expect(judge(check(change))).toEqual(expected));

  it('are the names of agents, if all of them change', () => {
    const named = (change: (name: string) => string) => judge(check(undefined, change));
    expect(named((name) => `${name} (beta)`)).toEqual(['#/responses/200/body/*/name']);
    expect(named((name) => (name === 'Sales' ? 'Shop' : name))).toEqual([]);
  });

  it.each([
    ['2026-01-31T00:00:00.000Z', []],
    ['2026-01-31T01:00:00Z', ['#/responses/200/body/*/createdAt']],
  ])('are when agents were created: %s', (createdAt, expected) => {
    expect(judge(check(undefined, undefined, createdAt))).toEqual(expected);
  });

  it('need three accepted runs', () =>
    expect(
      judge(
        check(() => ({ title: 'x' })),
        2,
      ),
    ).toEqual([]));

  it('are kept as hashes', () => expect(kept).toMatch(/^([\da-f]{6})+$/));
});
