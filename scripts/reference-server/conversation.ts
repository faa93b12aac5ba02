import type { Article, PublicEvent } from './event.ts';

export interface Conversation {
  readonly id: string;
  readonly createdAt: number;
  readonly workspace: string;
  readonly botId: string;
  readonly source: string;
  channel: string;
  userAttributes: Readonly<Record<string, unknown>>;
  deleted: boolean;
  /** Time of its latest message, and its place among equal ones: see Timeline. */
  latestAt: number;
  order: number;
  readonly events: PublicEvent[];
}

/** A conversation as List and Get show it. */
export function publicConversation(conversation: Conversation) {
  const { id, createdAt, source, channel, userAttributes, events } = conversation;
  const articles = new Map<string, Article>();
  for (const event of events) for (const article of event.usedArticles) articles.set(article.id, article);
  return {
    id,
    createdAt,
    source,
    channel,
    status: 'open',
    externalId: null,
    url: null,
    subjectPreview: events[0]?.message.slice(0, 80) ?? null,
    hasFeedback: false,
    resolved: null,
    userAttributes,
    usedArticles: [...articles.values()],
    usedSubfolders: [],
    events,
  };
}
