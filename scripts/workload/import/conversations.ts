import { hash } from 'node:crypto';
import type { Role } from '../../../contracts/generated/ledger.ts';
import {
  firstText,
  isEnough,
  isPlausible,
  isTurn,
  type KeepText,
  keyOf,
  languageIs,
  type Observed,
  shapeOf,
  type Unusable,
} from '../observed.ts';
import { MessageStore, type StoredMessage } from './message-store.ts';
import type { SaidMessage } from './said-message.ts';

const ROLES: readonly Role[] = ['user', 'agent', 'finibot', 'otherbot'];
/** More are not those of people, and would fill the memory. */
export const MOST_MESSAGES = 5_000;
const HASH_DIGITS = 12;

interface Gathered {
  messages: number;
  /** Place of its last message. */
  last: number;
  /** The beginning of what customers said, as long as it is needed, and of what others than the service said. */
  user: string;
  other: string;
  language: string | undefined;
  /** Of its messages, where they are kept. */
  texts?: string[];
  attributes?: unknown[];
}

/** The first and the last instant, in epoch ms. */
export interface Span {
  readonly since: number;
  readonly until: number;
}

/** The conversations of a file, whatever the order of its messages: of each its shape and the beginning of its text. */
export class Conversations {
  /** Messages that are there more than once. */
  repeated = 0;
  /** Messages of conversations that have too many. */
  dropped = 0;
  readonly #store = new MessageStore();
  readonly #byId = new Map<string, Gathered>();

  /** @param kept keys of the only conversations to gather, and these with their texts */
  constructor(private readonly kept?: ReadonlySet<string>) {}

  get size(): number {
    return this.#byId.size;
  }

  add({ conversation, at, role, chars, text = '', language, attributes }: SaidMessage): void {
    if (this.kept?.has(keyOf(conversation)) === false) return;
    const gathered = this.#byId.get(conversation) ?? { messages: 0, last: -1, user: '', other: '', language };
    this.#byId.set(conversation, gathered);
    if (gathered.messages >= MOST_MESSAGES) {
      this.dropped += 1;
      return;
    }
    const message = { at, role: ROLES.indexOf(role), chars, textHash: text === '' ? 0 : hashOf(text) };
    gathered.last = this.#store.add(message, gathered.last);
    gathered.messages += 1;
    addLanguage(gathered, role, text);
    if (this.kept === undefined) return;
    gathered.texts ??= [];
    gathered.texts.push(text);
    gathered.attributes ??= [];
    if (attributes !== undefined) gathered.attributes.push(attributes);
  }

  /** From the first turn to the last message of the conversations that can be learnt from. */
  span(nowMs: number): Span | undefined {
    let [since, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { last } of this.#byId.values()) {
      let [isUsable, first, latest] = [true, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      this.#store.visit(last, (at, role) => {
        isUsable &&= isPlausible(at, nowMs);
        if (isTurn({ role: ROLES[role] })) first = Math.min(first, at);
        latest = Math.max(latest, at);
      });
      if (!isUsable || first === Number.POSITIVE_INFINITY) continue;
      since = Math.min(since, first);
      until = Math.max(until, latest);
    }
    return until === Number.NEGATIVE_INFINITY ? undefined : { since, until };
  }

  /** One at a time. */
  *shapes(nowMs: number, keep?: KeepText): Generator<Observed | Unusable> {
    for (const [id, gathered] of this.#byId) {
      const { user, other, language, attributes } = gathered;
      const messages = this.#unique(this.#messagesOf(gathered));
      const languageIn = (): string => language ?? languageIs(user === '' ? other : user);
      yield shapeOf({ id, channel: '', messages, languageIn }, nowMs, keep && (({ text }) => keep(text, attributes)));
    }
  }

  #messagesOf({ messages: count, last, texts = [] }: Gathered): GatheredMessage[] {
    const messages: GatheredMessage[] = [];
    this.#store.visit(last, (at, role, chars, textHash) => {
      const text = texts[count - 1 - messages.length] ?? '';
      messages.push({ at, role: ROLES[role] ?? 'user', chars, textHash, text });
    });
    return messages.reverse();
  }

  /** In the order of their times; those that are repeated have the same time. */
  #unique(messages: GatheredMessage[]): GatheredMessage[] {
    messages.sort((a, b) => a.at - b.at);
    const seen = new Set<string>();
    return messages.filter(({ at, role, textHash }, index) => {
      if (messages[index - 1]?.at !== at) seen.clear();
      const key = `${role} ${textHash}`;
      const isRepeated = textHash !== 0 && seen.has(key);
      if (isRepeated) this.repeated += 1;
      seen.add(key);
      return !isRepeated;
    });
  }
}

/** As early as there is text enough, which then need not be kept. */
function addLanguage(gathered: Gathered, role: Role, text: string): void {
  if (gathered.language !== undefined) return;
  if (role === 'user') gathered.user = firstText(gathered.user, text);
  else if (role !== 'finibot') gathered.other = firstText(gathered.other, text);
  if (!isEnough(gathered.user)) return;
  gathered.language = languageIs(gathered.user);
  gathered.user = '';
}

interface GatheredMessage extends Omit<StoredMessage, 'role'> {
  readonly role: Role;
  readonly text: string;
}

/** Of a hash as many digits as a number holds exactly. */
const hashOf = (text: string): number => Number.parseInt(hash('sha256', text, 'hex').slice(0, HASH_DIGITS), 16);
