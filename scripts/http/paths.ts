/** Public routes of the API. */
export const EVENTS_PATH = '/v2/hc-interactions/events/public';
export const CONVERSATIONS_PATH = '/v2/hc-interactions/public';
export const AGENTS_PATH = '/v2/bots/public';
export const conversationPath = (id: string): string => `/v2/hc-interactions/${encodeURIComponent(id)}/public`;
