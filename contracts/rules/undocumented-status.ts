import { ERROR_STATUSES } from '../status.ts';
import type { Rule } from './rule.ts';

export const undocumentedStatus: Rule = {
  id: 'undocumented-status',
  class: 'breaking',
  why: 'A client cannot know what a status outside the documented list means. 413, 429, 502 to 504 and 520 to 530 are exempt: they come from load and proxies.',
  unless: ['success-status-changed'],
  find: ({ response: { status } }) => ({
    path: ['status'],
    expected: { enum: [200, ...ERROR_STATUSES] },
    value: status,
  }),
};
