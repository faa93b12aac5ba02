import { firstRepeat } from '../first-repeat.ts';
import type { Rule } from './rule.ts';

export const articleDuplicateId: Rule = {
  id: 'article-duplicate-id',
  class: 'behavioural',
  why: 'A reply names an article once.',
  find: ({ events }) =>
    events.flatMap(({ usedArticles = [] }, index) => {
      const repeat = firstRepeat(usedArticles.map(({ id }) => id));
      const path = ['body', index, 'usedArticles', repeat, 'id'];
      return repeat < 0 ? [] : [{ path, expected: { unique: true }, value: usedArticles[repeat]?.id }];
    }),
};
