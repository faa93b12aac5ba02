import { ERROR_STATUSES } from '../status.ts';
import type { Rule } from './rule.ts';

export const undocumentedStatus: Rule = {
  id: 'undocumented-status',
  class: 'breaking',
  why: 'A client cannot know what a status outside the documented list means. Not 413, 429, 502 to 504 and 520 to 530: those speak of load and of proxies.',
  unless: ['success-status-changed'],
  find: ({ response: { status } }) => ({
    path: ['status'],
    expected: { enum: [200, ...ERROR_STATUSES] },
    value: status,
  }),
};
