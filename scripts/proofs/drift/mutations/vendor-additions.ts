import { BODY, expectation } from '../expectations.ts';
import { each, maker, onPage, onShown } from './changes.ts';
import { good, type Json, list, type Mutation } from './mutation.ts';
import { onErrors } from './novelty.ts';

const made = maker('vaddition');

const additive = (place: RegExp) => expectation('additive', place);

const HEADERS = /\/headers\//;

/** What a release adds, and nothing that was there goes or changes. */
export const VENDOR_ADDITIONS: readonly Mutation[] = [
  made(
    'page-count',
    'a page tells how many conversations it has',
    additive(BODY),
    onPage((page) => Object.assign(page, { count: list(page.interactions).length })),
  ),
  made(
    'assignee',
    'conversations have the colleague who is responsible for them',
    additive(BODY),
    onShown((one) => Object.assign(one, { assignee: { team: 'first-line', since: null } })),
  ),
  made(
    'agent-avatar',
    'agents have the address of a picture',
    additive(BODY),
    good('agents', (body: Json[]) =>
      each(body, (agent) => Object.assign(agent, { avatarUrl: `https://cdn.example.com/avatars/${agent.id}.png` })),
    ),
  ),
  made(
    'delete-time',
    'Delete tells when the conversation goes from backups',
    additive(BODY),
    good('delete', (body: Json) => ({ ...body, purgeAfterDays: 30 })),
  ),
  made(
    'error-help',
    'errors have the address of a page that explains them',
    additive(BODY),
    onErrors((body, status) => Object.assign(body, { help: `https://docs.example.com/errors/${status}` })),
  ),
  made('server-timing', 'turns have Server-Timing', additive(HEADERS), (response, { operation }) => {
    if (operation === 'turn') response.headers['server-timing'] = 'retrieve;dur=12, generate;dur=48';
  }),
  made('link', 'listings have Link to their first page', additive(HEADERS), (response, { operation, path }) => {
    if (operation === 'list' && response.status === 200) response.headers.link = `<${path}>; rel="first"`;
  }),
];
