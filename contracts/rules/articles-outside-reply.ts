import type { Rule } from './rule.ts';

const isOtherRole = (role: unknown) => role === 'user' || role === 'agent' || role === 'otherbot';

export const articlesOutsideReply: Rule = {
  id: 'articles-outside-reply',
  class: 'behavioural',
  why: 'Only an AI reply draws on articles.',
  unless: ['event-order', 'event-role-mismatch', 'reply-role-changed'],
  find: ({ events }) => {
    for (let index = 0; index < events.length; index++) {
      const { role, usedArticles } = events[index] ?? {};
      if (Array.isArray(usedArticles) && usedArticles.length > 0 && isOtherRole(role)) {
        return { path: ['body', index, 'usedArticles'], expected: { maxItems: 0 }, value: usedArticles };
      }
    }
    return undefined;
  },
};
