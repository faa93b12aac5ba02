import { expectation, STATUS } from '../expectations.ts';
import { asked, type Change, envelope, maker } from './changes.ts';
import { isJson, type Mutation, type ProxyRequest, refused } from './mutation.ts';

const status = expectation('breaking', STATUS);
const made = maker('barrier');
const DAY_MS = 86_400_000;
const PATIENCE = 3;
const DIGITS = /\d{4,}/;

const contentOf = ({ operation, body }: ProxyRequest): string | undefined =>
  operation === 'turn' && isJson(body) && typeof body.content === 'string' ? body.content : undefined;
/** What the service refuses for a reason of its own: nothing is stored. */
const invalid = { body: { content: null } };
const noWindow = { path: '/v2/hc-interactions/public?since=1&until=1' };
const nothing: Change = () => undefined;

/** Valid requests that a gateway, a guard or a stricter validation refuses. Written before any was run. */
export const BARRIERS: readonly Mutation[] = [
  asked(made('role-required', '400 for a turn without a role', status, nothing), (request) =>
    contentOf(request) !== undefined && isJson(request.body) && !('role' in request.body) ? invalid : undefined,
  ),
  asked(made('since-required', '400 for a listing that names no beginning', status, nothing), ({ operation, query }) =>
    operation === 'list' && !query.has('since') ? noWindow : undefined,
  ),
  asked(made('window-month', '400 for windows of more than 30 days', status, nothing), ({ operation, query }) => {
    const until = Number(query.get('until') ?? Date.now());
    return operation === 'list' && query.has('since') && until - Number(query.get('since')) > 30 * DAY_MS
      ? noWindow
      : undefined;
  }),
  asked(
    made(
      'numbers-403',
      'a guard refuses texts with numbers of four digits and more',
      status,
      refused(400, (response, request) => {
        if (DIGITS.test(contentOf(request) ?? '')) Object.assign(response, { status: 403, body: envelope(403) });
      }),
    ),
    (request) => (DIGITS.test(contentOf(request) ?? '') ? invalid : undefined),
  ),
  asked(made('line-ends-400', '400 for texts of several lines', status, nothing), (request) =>
    /[\r\n]/.test(contentOf(request) ?? '') ? invalid : undefined,
  ),
  made(
    'refused-keys-429',
    'from the fourth refused key on, 429 for refused keys',
    status,
    (response, _request, memory) => {
      if (response.status !== 401) return;
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      if (count > PATIENCE) Object.assign(response, { status: 429, body: envelope(429) });
    },
  ),
  made(
    'refusal-cached',
    'a cache answers the next reader of a path with the refusal of the one before',
    status,
    (response, { method, path }, memory) => {
      if (method !== 'GET') return;
      const cached = memory.get(`refusal of ${path}`);
      if (response.status === 401) memory.set(`refusal of ${path}`, response.body);
      else if (cached !== undefined && response.status === 200) {
        memory.delete(`refusal of ${path}`);
        Object.assign(response, { status: 401, body: cached });
      }
    },
  ),
];
