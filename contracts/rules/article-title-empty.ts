import { articlesOf } from '../articles.ts';
import type { Rule } from './rule.ts';

export const articleTitleEmpty: Rule = {
  id: 'article-title-empty',
  class: 'behavioural',
  why: 'An article is shown by its title.',
  find: ({ events }) => {
    for (let index = 0; index < events.length; index++) {
      const place = articlesOf(events[index]).findIndex(
        ({ title }) => typeof title === 'string' && title.trim() === '',
      );
      if (place >= 0) {
        return { path: ['body', index, 'usedArticles', place, 'title'], expected: { minLength: 1 }, value: '' };
      }
    }
    return undefined;
  },
};
