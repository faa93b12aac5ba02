import type { Rule } from './rule.ts';

export const articleTitleEmpty: Rule = {
  id: 'article-title-empty',
  class: 'behavioural',
  why: 'Clients show an article by its title.',
  find: ({ events }) =>
    events.flatMap(({ usedArticles = [] }, index) =>
      usedArticles.flatMap(({ title }, place) =>
        title?.trim() === ''
          ? [{ path: ['body', index, 'usedArticles', place, 'title'], expected: { minLength: 1 }, value: title }]
          : [],
      ),
    ),
};
