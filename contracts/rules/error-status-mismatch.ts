import type { Rule } from './rule.ts';

export const errorStatusMismatch: Rule = {
  id: 'error-status-mismatch',
  class: 'breaking',
  why: 'statusCode repeats the HTTP status; clients read either.',
  find: ({ response: { status, json } }) => {
    const told = json.ok ? (json.value as { statusCode?: unknown } | null)?.statusCode : undefined;
    return Number.isInteger(told) && told !== status
      ? { path: ['body', 'statusCode'], expected: { const: status }, value: told }
      : undefined;
  },
};
