import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import { judgeAgreement } from '../../../../scripts/drift/judge/readback/judge-agreement.ts';
import { conversation, exchangeOf, found, lines, page, read, turn, viewOf } from '../../made-run.ts';

const ARTICLE = { id: '7f5392e5-dc7d-4558-8860-cf3ea4b32f94', title: 'Track your order', documentUrl: null };
const judge = (listed: Partial<Conversation>, got: Partial<Conversation>): string[] => {
  const events = exchangeOf(0, { reply: { usedArticles: [ARTICLE] } });
  const view = viewOf([
    [turn(0, events), found(page([conversation(0, events, listed)])), read(conversation(0, events, got))],
  ]);
  return lines(judgeAgreement(view));
};
const shown = (name: string): string => `conversation-shown-otherwise #/readback/${name}`;

describe('a conversation that Get shows', () => {
  it.each<[string, Partial<Conversation>, Partial<Conversation>, string[]]>([
    ['as it was listed', {}, {}, []],
    ['with another source', {}, { source: 'widget' }, [shown('source')]],
    ['with another channel', { channel: 'chat' }, { channel: 'email' }, [shown('channel')]],
    ['with another id of the sender', { externalId: 'a' }, { externalId: 'b' }, [shown('externalId')]],
    ['without the articles that were listed', { usedArticles: [ARTICLE] }, {}, [shown('usedArticles')]],
    ['without articles and the events that named them', { usedArticles: [ARTICLE] }, { events: [] }, []],
    ['with articles that it has by now', {}, { usedArticles: [ARTICLE] }, []],
    ['with a channel that it has by now', { channel: null }, { channel: 'chat' }, []],
    ['resolved and rated by now', { hasFeedback: false, status: 'open' }, { hasFeedback: true, status: 'closed' }, []],
  ])('%s', (_, listed, got, expected) => expect(judge(listed, got)).toEqual(expected));
});
