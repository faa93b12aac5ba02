import type { Conversation } from './conversation.ts';
import { Timeline } from './timeline.ts';
import type { Bot } from './workspace.ts';

/** Every conversation, in memory, by id, by customer and by the time of its latest message; the oldest go when there are more than `limit`. */
export class Store {
  readonly timeline = new Timeline();
  readonly #byId = new Map<string, Conversation>();
  /** The latest conversation of each customer with each agent. */
  readonly #byCustomer = new Map<string, Conversation>();

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
    this.timeline.remove(conversation);
    const { email } = conversation.userAttributes;
    if (typeof email !== 'string') return;
    const key = customerKey(conversation.botId, email);
    if (this.#byCustomer.get(key) === conversation) this.#byCustomer.delete(key);
  }

  clear(): void {
    this.#byId.clear();
    this.#byCustomer.clear();
    this.timeline.clear();
  }

  #forgetOldest(): void {
    const oldest = this.#byId.values().next().value;
    if (oldest !== undefined) this.remove(oldest);
  }
}

const customerKey = (botId: string, email: string): string => `${botId} ${email.trim().toLowerCase()}`;
