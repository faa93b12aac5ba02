import * as own from './generated/validators.js';

/** The validators of the API's answers, and the schemas that they were made of. */
export type Contract = typeof own;

/*
 * The contract that answers are held against: the harness's own, until `setContract` puts one with a project's overlay in
 * its place. In k6 that one is bundled instead of it. One binding each, so that a bundle holds only what it uses.
 */
export let isEvents: Contract['isEvents'] = own.isEvents;
export let isAgents: Contract['isAgents'] = own.isAgents;
export let isConversation: Contract['isConversation'] = own.isConversation;
export let isConversationPage: Contract['isConversationPage'] = own.isConversationPage;
export let eventsErrors: Contract['eventsErrors'] = own.eventsErrors;
export let errorErrors: Contract['errorErrors'] = own.errorErrors;
export let agentsErrors: Contract['agentsErrors'] = own.agentsErrors;
export let conversationErrors: Contract['conversationErrors'] = own.conversationErrors;
export let conversationPageErrors: Contract['conversationPageErrors'] = own.conversationPageErrors;
export let eventsSchema: Contract['eventsSchema'] = own.eventsSchema;
export let errorSchema: Contract['errorSchema'] = own.errorSchema;
export let agentsSchema: Contract['agentsSchema'] = own.agentsSchema;
export let conversationSchema: Contract['conversationSchema'] = own.conversationSchema;
export let conversationPageSchema: Contract['conversationPageSchema'] = own.conversationPageSchema;

/** From now on, answers are held against this contract; without one, against the harness's own. */
export function setContract(contract: Contract = own): void {
  ({ isEvents, isAgents, isConversation, isConversationPage } = contract);
  ({ eventsErrors, errorErrors, agentsErrors, conversationErrors, conversationPageErrors } = contract);
  ({ eventsSchema, errorSchema, agentsSchema, conversationSchema, conversationPageSchema } = contract);
}
