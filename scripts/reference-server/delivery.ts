import { type Answer, jsonAnswer, NOTHING, send, serialise } from './answer.ts';
import { ApiError, envelope } from './api-error.ts';
import type { OperatedExchange } from './operated-exchange.ts';
import { claimParked } from './operators/drifts/swap.ts';
import { GOOD_KINDS } from './operators/kind.ts';
import { BROKEN } from './operators/operator.ts';
import type { Service } from './service.ts';

/** Gives an answer to the operators that may keep it back, or swap it. */
export async function hold(answer: Answer, exchange: OperatedExchange): Promise<Answer> {
  let held = exchange.kinds.has('U') ? claimParked(answer, exchange) : answer;
  for (const operator of exchange.fitting('held')) held = await operator.held(held, exchange);
  return held;
}

/** Sends an answer, changed by the operators of its exchange, and writes down that it was sent. */
export function deliver(service: Service, exchange: OperatedExchange, answer: Answer): void {
  // The body may be what is stored, which operators on answers do not touch.
  if (exchange.fitting('answer').length > 0) answer.body = structuredClone(answer.body);
  exchange.change('answer', (operator) => operator.answer(answer, exchange));
  let body: string | Buffer = serialise(answer);
  exchange.change('bytes', (operator) => {
    body = operator.bytes(body, answer, exchange);
  });
  const own = exchange.hooked('send').at(-1);
  const abandoned = exchange.response.destroyed;
  const sent = (own?.send ?? send)(exchange.response, answer, body);
  service.truth.countRequest(exchange.route, sent.status);
  service.settle(exchange, sent, abandoned);
}

/** Answers a request that something threw for. */
export function refuse(service: Service, exchange: OperatedExchange, error: unknown): void {
  if (error === BROKEN) {
    service.truth.countRequest(exchange.route, NOTHING.status);
    service.settle(exchange, NOTHING);
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
