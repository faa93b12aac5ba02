/** Public routes of the API. */
export const EVENTS_PATH = '/v2/hc-interactions/events/public';
export const CONVERSATIONS_PATH = '/v2/hc-interactions/public';
export const AGENTS_PATH = '/v2/bots/public';
/** `{conversation}` stands for an id. */
export const CONVERSATION_PATH = '/v2/hc-interactions/{conversation}/public';

export const conversationPath = (id: string): string =>
  CONVERSATION_PATH.replace('{conversation}', encodeURIComponent(id));
