import { type Answer, jsonAnswer, send, serialise } from './answer.ts';
import { ApiError, envelope } from './api-error.ts';
import type { Exchange } from './exchange.ts';
import { GOOD_KINDS } from './operators/kind.ts';
import { BROKEN } from './operators/operator.ts';
import type { Service } from './service.ts';

/** Sends an answer, changed by the operators of its exchange, and writes down that it was sent. */
export function deliver(service: Service, exchange: Exchange, answer: Answer): void {
  const operators = exchange.hooked('answer');
  if (operators.length > 0) answer.body = structuredClone(answer.body);
  for (const operator of operators) operator.answer(answer, exchange);
  let body: string | Buffer = serialise(answer);
  for (const operator of exchange.hooked('bytes')) body = operator.bytes(body, answer, exchange);
  const own = exchange.hooked('send').at(-1);
  const { status, bytes } = (own?.send ?? send)(exchange.response, answer, body);
  service.truth.countRequest(exchange.route, status);
  service.settle(exchange, status, bytes);
}

/** Answers a request that something threw for. */
export function refuse(service: Service, exchange: Exchange, error: unknown): void {
  if (error === BROKEN) {
    service.truth.countRequest(exchange.route, 0);
    service.settle(exchange, 0, 0);
    return;
  }
  for (const kind of GOOD_KINDS) exchange.kinds.delete(kind);
  if (error instanceof ApiError) {
    const answer = jsonAnswer(envelope(error.status, error.message), error.status);
    Object.assign(answer.headers, error.headers);
    deliver(service, exchange, answer);
    return;
  }
  // What Fastify throws carries a status: a body that is too large, or that its parser refused.
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status === 400) exchange.kinds.add('N7').add('N*');
  if (status === 500) service.truth.countInternalError();
  const message = status < 500 && error instanceof Error ? error.message : 'Internal server error';
  deliver(service, exchange, jsonAnswer(envelope(status, message), status));
}
