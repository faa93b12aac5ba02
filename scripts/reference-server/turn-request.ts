import { ApiError } from './api-error.ts';
import { ROLES, type Role } from './event.ts';
import type { OperatedExchange } from './operated-exchange.ts';

/** A valid body of Generate Answer. */
export interface TurnRequest {
  readonly content: string;
  readonly role: Role;
  readonly interactionId: string | undefined;
  readonly botId: string | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
}

/** Reads a body; throws 400 for a malformed one. Properties that the reference does not name are ignored. */
export function turnRequest(body: unknown, exchange: OperatedExchange): TurnRequest {
  if (!isRecord(body)) throw invalid(exchange, 'N8', 'Body must be a JSON object');
  const { metadata } = body;
  const content = readContent(body.content, exchange);
  const role = readRole(body.role, exchange);
  if (metadata !== undefined && !isRecord(metadata)) throw invalid(exchange, 'N8', 'metadata must be an object');
  const interactionId = optionalString(body, 'interactionId', exchange);
  const botId = optionalString(body, 'botId', exchange);
  if (interactionId === undefined && botId === undefined) {
    throw invalid(exchange, 'N3', 'Either interactionId or botId is required');
  }
  return { content, role, interactionId, botId, metadata };
}

function readContent(content: unknown, exchange: OperatedExchange): string {
  if (typeof content === 'string') return content;
  if (content !== undefined) throw invalid(exchange, 'N8', 'content must be a string');
  const refusal = invalid(exchange, 'N1', 'content is required');
  if (exchange.lifts('accept-missing-content')) return '';
  throw refusal;
}

function readRole(role: unknown, exchange: OperatedExchange): Role {
  if (role === undefined) {
    exchange.kinds.add('O');
    return exchange.lifts('role-omitted-is-agent') ? 'agent' : 'user';
  }
  if (typeof role !== 'string') throw invalid(exchange, 'N8', 'role must be a string');
  if (isRole(role)) return role;
  const refusal = invalid(exchange, 'N4', `role must be one of ${ROLES.join(', ')}`);
  // The type is a lie from here on, as it would be in a service that stores what it is given.
  if (exchange.lifts('accept-any-role')) return role as Role;
  throw refusal;
}

function optionalString(body: Record<string, unknown>, name: string, exchange: OperatedExchange): string | undefined {
  const value = body[name];
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(exchange, 'N8', `${name} must be a string`);
}

function invalid(exchange: OperatedExchange, kind: 'N1' | 'N3' | 'N4' | 'N8', message: string): ApiError {
  exchange.kinds.add(kind).add('N*');
  return new ApiError(400, message);
}

function isRole(role: string): role is Role {
  return (ROLES as readonly string[]).includes(role);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
