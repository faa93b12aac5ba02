import type { Rule } from './rule.ts';

export const successStatusChanged: Rule = {
  id: 'success-status-changed',
  class: 'breaking',
  why: 'The reference documents 200 for every accepted turn; clients branch on it.',
  find: ({ response: { status } }) =>
    status > 200 && status < 400 ? { path: ['status'], expected: { const: 200 }, value: status } : undefined,
};
