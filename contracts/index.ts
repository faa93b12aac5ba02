/** The contract as code, for other projects: every answer of the API can be held against it. */
export type { CheckedTurn, TurnResponse } from './answer.ts';
export { check } from './check.ts';
export type { Agents } from './generated/agents.ts';
export type { Conversation } from './generated/conversation.ts';
export type { ConversationPage } from './generated/conversation-page.ts';
export type { ErrorEnvelope } from './generated/error.ts';
export type { Events } from './generated/events.ts';
export type { SchemaError, Validator } from './generated/validators.js';
export * from './generated/validators.js';
export { turnResponse } from './response.ts';
export type { Violation } from './violation.ts';
