import type { Conversation } from './conversation.ts';
import { Timeline } from './timeline.ts';
import type { Bot } from './workspace.ts';

const DELETED_LIMIT = 1_000;

/** Every conversation, in memory, by id, by customer and by the time of its latest message; the oldest go when there are more than `limit`. */
export class Store {
  readonly timeline = new Timeline();
  readonly #byId = new Map<string, Conversation>();
  /** The latest conversation of each customer with each agent. */
  readonly #byCustomer = new Map<string, Conversation>();

  readonly #deleted = new Map<string, Conversation>();

  constructor(private readonly limit: number) {}

  create(id: string, bot: Bot, createdAt: number): Conversation {
    const conversation: Conversation = {
      id,
      createdAt,
      workspace: bot.workspace,
      botId: bot.id,
      source: 'api',
      channel: 'api',
      userAttributes: {},
      deleted: false,
      latestAt: createdAt,
      order: 0,
      events: [],
    };
    this.#byId.set(id, conversation);
    this.timeline.place(conversation, createdAt);
    if (this.#byId.size > this.limit) this.#forgetOldest();
    return conversation;
  }

  get(id: string): Conversation | undefined {
    return this.#byId.get(id);
  }

  /** A conversation that was deleted not long ago. */
  deleted(id: string): Conversation | undefined {
    return this.#deleted.get(id);
  }

  /** The conversation of an agent that has the latest message. */
  latestOf(botId: string): Conversation | undefined {
    for (const conversation of this.timeline.descending(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)) {
      if (conversation.botId === botId) return conversation;
    }
    return undefined;
  }

  /** The latest conversation of the customer with this e-mail address. */
  ofCustomer(botId: string, email: string): Conversation | undefined {
    return this.#byCustomer.get(customerKey(botId, email));
  }

  setAttributes(conversation: Conversation, attributes: Readonly<Record<string, unknown>>): void {
    conversation.userAttributes = attributes;
    const { email } = attributes;
    if (typeof email === 'string') this.#byCustomer.set(customerKey(conversation.botId, email), conversation);
  }

  remove(conversation: Conversation): void {
    if (!this.#byId.delete(conversation.id)) return;
    conversation.deleted = true;
    this.#deleted.set(conversation.id, conversation);
    const [longestAgo] = this.#deleted.keys();
    if (this.#deleted.size > DELETED_LIMIT && longestAgo !== undefined) this.#deleted.delete(longestAgo);
    this.timeline.remove(conversation);
    const { email } = conversation.userAttributes;
    if (typeof email !== 'string') return;
    const key = customerKey(conversation.botId, email);
    if (this.#byCustomer.get(key) === conversation) this.#byCustomer.delete(key);
  }

  clear(): void {
    this.#byId.clear();
    this.#byCustomer.clear();
    this.#deleted.clear();
    this.timeline.clear();
  }

  #forgetOldest(): void {
    const oldest = this.#byId.values().next().value;
    if (oldest !== undefined) this.remove(oldest);
  }
}

const customerKey = (botId: string, email: string): string => `${botId} ${email.trim().toLowerCase()}`;
