import type { Expectation } from '../expectations.ts';
import {
  type ChangedRequest,
  events,
  good,
  isJson,
  type Json,
  list,
  type Mutation,
  type ProxyRequest,
  refused,
} from './mutation.ts';

export type Operation = ProxyRequest['operation'];
export type Change = NonNullable<Mutation['changeResponse']>;

export const onReply = (change: (reply: Json) => void): Change =>
  good('turn', (body: Json[]) => void (body[1] !== undefined && change(body[1])));

export const onTurn = (values: Json | ((event: Json) => Json)): Change =>
  events('turn', (one) => Object.assign(one, typeof values === 'function' ? values(one) : values));

/** Events wherever they are shown. */
export const everywhere = (change: (event: Json) => unknown): Change => {
  return (response, request, memory) => {
    for (const operation of ['turn', 'get', 'list'] as const)
      events(operation, (one) => void change(one))(response, request, memory);
  };
};

export const onArticles = (change: (article: Json) => unknown): Change =>
  onReply((one) => each(list(one.usedArticles), change));

/** Articles wherever they are shown: in events, and in what a conversation has of them. */
export const named = (change: (article: Json) => unknown): Change => {
  const ofHolder = (holder: Json): void => each(list(holder.usedArticles), change);
  return (response, request, memory) => {
    everywhere(ofHolder)(response, request, memory);
    onShown(ofHolder)(response, request, memory);
  };
};

export const onPage =
  (change: (body: Json, request: ProxyRequest, memory: Map<string, unknown>) => void): Change =>
  (response, request, memory) => {
    if (request.operation === 'list' && response.status === 200 && isJson(response.body))
      change(response.body, request, memory);
  };

export const onListed = (values: (one: Json) => Json): Change =>
  onPage((body) => each(list(body.interactions), (one) => Object.assign(one, values(one))));

export const onConversation = (change: (body: Json) => void): Change => good('get', (body: Json) => void change(body));

/** Conversations as List and Get show them. */
export const onShown =
  (change: (one: Json, request: ProxyRequest) => unknown): Change =>
  (response, request, memory) => {
    onPage((page) => each(list(page.interactions), (one) => change(one, request)))(response, request, memory);
    onConversation((one) => void change(one, request))(response, request, memory);
  };

/** Replies of the AI, wherever they are shown; a colleague's note of the same role is another thing. */
export const onReplies =
  (change: (reply: Json) => unknown): Change =>
  (response, request, memory) => {
    if (request.operation === 'turn' && response.status === 200) {
      const [, replied] = list(response.body);
      if (replied !== undefined) memory.set(String(replied.id), true);
    }
    everywhere((one) => memory.has(String(one.id)) && change(one))(response, request, memory);
  };

/** What the AI says, wherever it is shown. */
export const saidByAi = (text: (one: Json) => string): Change =>
  onReplies((one) => Object.assign(one, { message: text(one) }));

/** Every second reply of the AI, wherever it is shown. */
export const everySecondReply =
  (text: (message: string) => string): Change =>
  (response, request, memory) => {
    if (request.operation === 'turn' && response.status === 200) {
      const [, replied] = list(response.body);
      const count = Number(memory.get('replies') ?? 0) + (replied === undefined ? 0 : 1);
      memory.set('replies', count);
      if (replied !== undefined && count % 2 === 0) memory.set(`second ${replied.id}`, true);
    }
    everywhere((one) => memory.has(`second ${one.id}`) && Object.assign(one, { message: text(String(one.message)) }))(
      response,
      request,
      memory,
    );
  };

/** What customers say, wherever it is shown. */
export const saidByUser = (text: (message: string) => string): Change =>
  everywhere((one) => one.role === 'user' && Object.assign(one, { message: text(String(one.message)) }));

/** The envelope of errors of one status. */
export const saysUnder = (status: number, message: unknown, more: Json = {}): Change =>
  refused(status, (response) => void (isJson(response.body) && Object.assign(response.body, { message, ...more })));

export const answerAs =
  (operation: Operation, status: number, body: unknown): Change =>
  (response, request) => {
    if (request.operation === operation && response.status === 200) Object.assign(response, { status, body });
  };

export const header =
  (operation: Operation | 'any', name: string, value: string): Change =>
  (response, request) => {
    if (operation === 'any' || request.operation === operation) response.headers[name] = value;
  };

/** Sends the text of a success in another way. */
export const written =
  (operation: Operation, write: (text: string) => string | Buffer, type?: string): Change =>
  (response, request) => {
    if (request.operation !== operation || response.status !== 200) return;
    response.raw = write(JSON.stringify(response.body));
    if (type !== undefined) response.headers['content-type'] = type;
  };

export const each = (objects: readonly Json[], change: (one: Json) => unknown): void => {
  for (const one of objects) change(one);
};

export const renamed = (one: Json, from: string, to: string): void => {
  if (!(from in one)) return;
  one[to] = one[from];
  delete one[from];
};

/** A mutation that changes requests, too. */
export const asked = (mutation: Mutation, changeRequest: NonNullable<Mutation['changeRequest']>): Mutation => ({
  ...mutation,
  changeRequest,
});

/** The same request with another query. */
export function withQuery(
  { path, query }: Pick<ProxyRequest, 'path' | 'query'>,
  change: (parts: URLSearchParams) => void,
): ChangedRequest {
  const parts = new URLSearchParams(query);
  change(parts);
  return { path: `${path}?${parts}` };
}

/** A mutation that shows other cursors, and takes them: its memory holds the service's own by them. */
export const withCursors = (mutation: Mutation): Mutation =>
  asked(mutation, ({ operation, path, query }, memory) => {
    const cursor = memory.get(query.get('cursor') ?? '');
    if (operation !== 'list' || typeof cursor !== 'string') return undefined;
    return withQuery({ path, query }, (parts) => parts.set('cursor', cursor));
  });

export const envelope = (statusCode: number) => ({ statusCode, message: 'No.', error: 'Error' });

/** A mutation by what it does to answers. */
export const maker =
  (prefix: string) =>
  (id: string, title: string, expected: Expectation, changeResponse: Change): Mutation => ({
    id: `${prefix}-${id}`,
    title,
    expected,
    changeResponse,
  });
