import { ApiError } from './api-error.ts';
import { ROLES, type Role } from './event.ts';
import type { Exchange } from './exchange.ts';

/** A valid body of Generate Answer. */
export interface TurnRequest {
  readonly content: string;
  readonly role: Role;
  readonly interactionId: string | undefined;
  readonly botId: string | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
}

/** Reads a body; throws 400 for a malformed one. Properties that the reference does not name are ignored. */
export function turnRequest(body: unknown, exchange: Exchange): TurnRequest {
  if (!isRecord(body)) throw invalid(exchange, 'N8', 'Body must be a JSON object');
  const { content, role = 'user', metadata } = body;
  if (content === undefined || content === '') throw invalid(exchange, 'N1', 'content should not be empty');
  if (typeof content !== 'string') throw invalid(exchange, 'N8', 'content must be a string');
  if (typeof role !== 'string') throw invalid(exchange, 'N8', 'role must be a string');
  if (!isRole(role)) throw invalid(exchange, 'N4', `role must be one of ${ROLES.join(', ')}`);
  if (metadata !== undefined && !isRecord(metadata)) throw invalid(exchange, 'N8', 'metadata must be an object');
  const interactionId = optionalString(body, 'interactionId', exchange);
  const botId = optionalString(body, 'botId', exchange);
  if (interactionId === undefined && botId === undefined) {
    throw invalid(exchange, 'N3', 'Either interactionId or botId is required');
  }
  return { content, role, interactionId, botId, metadata };
}

function optionalString(body: Record<string, unknown>, name: string, exchange: Exchange): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '') throw invalid(exchange, 'N8', `${name} must be a non-empty string`);
  return value;
}

function invalid(exchange: Exchange, kind: 'N1' | 'N3' | 'N4' | 'N8', message: string): ApiError {
  exchange.kinds.add(kind).add('N*');
  return new ApiError(400, message);
}

function isRole(role: string): role is Role {
  return (ROLES as readonly string[]).includes(role);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
