import { describe, expect, it } from 'vitest';
import { referenceText, runHash } from '../../../contracts/reference.ts';
import { judgeForeignTexts } from '../../../scripts/drift/judge/judge-foreign-texts.ts';
import { agents, exchangeOf, id, lines, turn, viewOf } from '../made-run.ts';

describe('what customers said, in a property that is not for it', () => {
  const said = (conversation: number, run = 'made'): string =>
    `Where is my order? ${referenceText({ run: runHash(run), conversation, turn: 0 })}`;
  const view = (title: string, name: string) => {
    const article = { id: id('a', 1), title, documentUrl: null };
    const made = viewOf([
      [turn(0, exchangeOf(0))],
      [turn(1, exchangeOf(1, { reply: { usedArticles: [article] } }))],
      [agents([{ id: id('b', 1), name, createdAt: '2026-01-31T00:00:00Z' }])],
    ]);
    const [chain] = made.run.plan.chains;
    const step = chain?.steps[0];
    if (step?.turn !== undefined)
      Object.assign(step.turn, { reference: { run: runHash('made'), conversation: 0, turn: 0 } });
    return made;
  };

  it.each<[string, string, string, string[]]>([
    ['nothing', 'Your orders', 'Support', []],
    ['of the conversation itself', said(1), 'Support', []],
    ['of another conversation', said(0), 'Support', ['cross-talk #/responses/200/body/*/usedArticles/*/title']],
    ['as the name of an agent', 'Your orders', said(1), ['cross-talk #/responses/200/body/*/name']],
    ['of another run', said(0, 'other'), 'Support', []],
  ])('%s', (_, title, name, expected) => expect(lines(judgeForeignTexts(view(title, name)))).toEqual(expected));
});
