import { BODY, expectation, STATUS } from '../expectations.ts';
import { isJson, type Mutation } from './mutation.ts';

const listing = expectation('behavioural', /^#\/listing/);
const asked = (
  id: string,
  title: string,
  expected: Mutation['expected'],
  changeRequest: NonNullable<Mutation['changeRequest']>,
): Mutation => ({ id: `query-${id}`, title, expected, changeRequest });
const query = (path: string, from: URLSearchParams, change: (query: URLSearchParams) => void) => {
  const parts = new URLSearchParams(from);
  change(parts);
  return { path: `${path}?${parts}` };
};

/** Requests that are taken for others. */
export const QUERIES: readonly Mutation[] = [
  asked('limit-plus-one', 'one conversation more than the limit', listing, ({ operation, path, query: from }) =>
    operation === 'list' && from.has('limit') && Number(from.get('limit')) < 100 && Number(from.get('limit')) > 0
      ? query(path, from, (parts) => parts.set('limit', String(Number(from.get('limit')) + 1)))
      : undefined,
  ),
  asked('limit-least', 'ten conversations at least', listing, ({ operation, path, query: from }) =>
    operation === 'list' && Number(from.get('limit')) > 0 && Number(from.get('limit')) < 10
      ? query(path, from, (parts) => parts.set('limit', '10'))
      : undefined,
  ),
  asked('until-ignored', 'until is ignored', listing, ({ operation, path, query: from }) =>
    operation === 'list' &&
    from.has('until') &&
    from.has('since') &&
    Number(from.get('since')) < Number(from.get('until'))
      ? query(path, from, (parts) => parts.delete('until'))
      : undefined,
  ),
  asked('direction-ignored', 'direction is ignored', listing, ({ operation, path, query: from }) =>
    operation === 'list' && from.get('direction') === 'previous'
      ? query(path, from, (parts) => parts.delete('direction'))
      : undefined,
  ),
  asked('role-default', 'without a role a turn is an agent’s', expectation('breaking', BODY), ({ operation, body }) =>
    operation === 'turn' && isJson(body) && !('role' in body) && 'content' in body && 'botId' in body
      ? { body: { ...body, role: 'agent' } }
      : undefined,
  ),
  asked(
    'agent-default',
    'an unknown agent is replaced by the first one',
    expectation('breaking', STATUS),
    ({ operation, body }, memory) => {
      if (operation !== 'turn' || !isJson(body) || typeof body.botId !== 'string') return undefined;
      if (!memory.has('first')) memory.set('first', body.botId);
      return body.botId.startsWith('ffffffff') ? { body: { ...body, botId: memory.get('first') } } : undefined;
    },
  ),
];
