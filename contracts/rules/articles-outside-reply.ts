import type { Rule } from './rule.ts';

export const articlesOutsideReply: Rule = {
  id: 'articles-outside-reply',
  class: 'behavioural',
  why: 'Only an AI reply uses articles.',
  unless: ['event-order', 'event-role-mismatch', 'reply-role-changed'],
  find: ({ events }) =>
    events.flatMap(({ role, usedArticles = [] }, index) =>
      usedArticles.length > 0 && role !== undefined && role !== 'finibot'
        ? [{ path: ['body', index, 'usedArticles'], expected: { maxItems: 0 }, value: usedArticles }]
        : [],
    ),
};
