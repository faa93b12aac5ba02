import { articlesOf } from '../articles.ts';
import { firstRepeat } from '../first-repeat.ts';
import type { Rule } from './rule.ts';

export const articleDuplicateId: Rule = {
  id: 'article-duplicate-id',
  class: 'behavioural',
  why: 'A reply names an article once.',
  find: ({ events }) => {
    for (let index = 0; index < events.length; index++) {
      const articles = articlesOf(events[index]);
      const repeat = firstRepeat(articles, 'id');
      if (repeat >= 0) {
        return {
          path: ['body', index, 'usedArticles', repeat, 'id'],
          expected: { unique: true },
          value: articles[repeat]?.id,
        };
      }
    }
    return undefined;
  },
};
