import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { BODY, expectation, STATUS } from '../expectations.ts';
import { asked, envelope, maker, onPage, saysUnder } from './changes.ts';
import { good, isJson, list, type Mutation, type ProxyRequest } from './mutation.ts';
import { onErrors } from './novelty.ts';
import { idIn } from './owners.ts';

const made = maker('venvelope');

const breaking = (place: RegExp) => expectation('breaking', place);

/** The body of a turn; undefined for other requests. */
const turnOf = ({ operation, body }: ProxyRequest) => (operation === 'turn' && isJson(body) ? body : undefined);

/** What a release does to what answers are wrapped in, to statuses, and to what it takes. */
export const VENDOR_ENVELOPES: readonly Mutation[] = [
  made(
    'agents-data',
    'agents are {data, total} instead of a list',
    breaking(BODY),
    good('agents', (body: unknown[]) => ({ data: body, total: body.length })),
  ),
  made(
    'cursors-nested',
    'cursors are paging.next and paging.previous',
    breaking(/\/(body|nextCursor|prevCursor|paging)(\/.*)?$/),
    onPage((page) => {
      page.paging = { next: page.nextCursor, previous: page.prevCursor };
      delete page.nextCursor;
      delete page.prevCursor;
    }),
  ),
  made(
    'deleted-count',
    'Delete answers {deleted: 1} instead of {success: true}',
    breaking(/\/(success|deleted)$/),
    good('delete', () => ({ deleted: 1 })),
  ),
  made('delete-unknown', 'Delete of an unknown conversation is 404', breaking(STATUS), (response, request, memory) => {
    const { operation, path } = request;
    if (response.status !== 200) return;
    if (isJson(response.body)) {
      for (const { id } of [response.body, ...list(response.body.interactions)]) memory.set(`known ${id}`, true);
    }
    if (operation !== 'delete' || path === CONVERSATIONS_PATH || memory.has(`known ${idIn(request)}`)) return;
    Object.assign(response, { status: 404, body: envelope(404) });
  }),
  made('errors-json-api', 'errors as JSON:API has them', breaking(BODY), (response) => {
    const { status, body } = response;
    if (status >= 400 && isJson(body))
      response.body = { errors: [{ status: String(status), title: body.error, detail: body.message }] };
  }),
  made(
    'errors-translatable',
    'message of errors is a key with a default text',
    breaking(/\/message(\/.*)?$/),
    onErrors((body, status) => Object.assign(body, { message: { key: `errors.${status}`, default: body.message } })),
  ),
  asked(
    made(
      'otherbot-retired',
      'the role otherbot is refused',
      breaking(STATUS),
      onErrors((body) => Object.assign(body, { message: String(body.message).replace(', otherbot', '') })),
    ),
    (request) => {
      const body = turnOf(request);
      return body?.role === 'otherbot' ? { body: { ...body, role: 'retired' } } : undefined;
    },
  ),
  asked(
    made(
      'agent-required',
      'botId is required to continue a conversation, too',
      breaking(STATUS),
      (response, request) => {
        const turn = turnOf(request);
        if (response.status === 400 && turn?.botId === undefined && typeof turn?.content === 'string')
          saysUnder(400, 'botId is required')(response, request, new Map());
      },
    ),
    (request) => {
      const { interactionId, ...others } = turnOf(request) ?? {};
      return interactionId === undefined || others.botId !== undefined ? undefined : { body: others };
    },
  ),
];
