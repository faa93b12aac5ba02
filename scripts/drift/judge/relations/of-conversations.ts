import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import type { Event } from '../../../../contracts/generated/event.ts';
import { redact, redactStrings } from '../../../../contracts/redact.ts';
import { isEpochMs } from '../../../../contracts/timestamp.ts';
import type { ChainView } from '../chain-view.ts';
import { CLOCKS_MS } from '../clocks.ts';
import { beganAt } from '../listing/pages.ts';
import type { ShownConversation } from '../readback/shown-conversations.ts';
import type { RunView } from '../run-view.ts';
import { ofShownEvents } from './of-shown-events.ts';
import type { Relation } from './relation.ts';

/** Previews are shorter, but not much shorter than a line. */
const PREVIEW = 60;
/** Of a message of so many characters it is a part. */
const LONG = 500;
const PART = 400;

/** A conversation as Get or a listing shows it: against its own events, and against what began it. */
export function* ofConversations({ shown, distinct, run }: RunView): Generator<Relation> {
  const listed = new Map<string, Conversation>();
  for (const one of shown) {
    const { id } = one.conversation;
    const other = one.probe.operation === 'list-conversations' ? undefined : listed.get(id);
    if (one.probe.operation === 'list-conversations') listed.set(id, one.conversation);
    const view = distinct[one.chain];
    const sent = run.plan.chains[one.chain]?.steps[0]?.body;
    const relations = [
      ...ofEvents(one, isWhole(one, view)),
      ...(other === undefined ? [] : ofListed(one, other)),
      ...(sent === undefined ? [] : ofMetadata(one, sent)),
      ...(view?.allSound === true ? [ofStrangers(one, view), ...ofShownEvents(one, view)] : []),
    ];
    // Listings show a conversation many times, Get a few: each is a relation of its own.
    const by = one.probe.operation === 'list-conversations' ? 'listed' : 'read';
    for (const relation of relations) yield { ...relation, name: `${relation.name} (${by})`, subject: id };
  }
}

/** Whether it shows every event that was answered before it was asked for: one that comes later has its own finding. */
function isWhole({ probe, conversation }: ShownConversation, view: ChainView | undefined): boolean {
  const shown = new Set(conversation.events.map(({ id }) => id));
  const before = view?.turns.filter((turn) => turn.probe.exchange.settledAt <= probe.exchange.sentAt) ?? [];
  return before.every(({ events }) => events.every(({ id }) => shown.has(id)));
}

function ofEvents(one: ShownConversation, whole: boolean): Relation[] {
  const { probe, conversation } = one;
  const { subjectPreview, events, usedArticles } = conversation;
  const [first] = [...events].sort((a, b) => a.createdAt - b.createdAt);
  if (first === undefined) return [];
  const began = beganAt(conversation);
  const at = (name: keyof Conversation, sentence: string, holds: boolean, expected: Relation['expected']): Relation => {
    return { probe, name: sentence, place: `${one.place}/${name}`, holds, expected, value: conversation[name] };
  };
  const shown = subjectPreview?.replace(/(\u2026|\.{3})$/, '');
  const isBeginning = shown !== undefined && first.message.trimStart().startsWith(shown.trim());
  return [
    ...(shown === undefined
      ? []
      : [
          at('subjectPreview', 'subjectPreview begins the first message', isBeginning, {
            beginsWith: 'the first message',
          }),
          at('subjectPreview', 'subjectPreview is a line, or all', shown.length >= PREVIEW || !isCut(shown, first), {
            minLength: PREVIEW,
          }),
          ...(first.message.length < LONG
            ? []
            : [
                at('subjectPreview', 'subjectPreview is a part of a long message', shown.length < PART, {
                  maxLength: PART,
                }),
              ]),
        ]),
    ...(isEpochMs(began)
      ? [
          at('createdAt', 'createdAt is that of the first event', Math.abs(began - first.createdAt) <= CLOCKS_MS, {
            equals: first.createdAt,
          }),
          at('createdAt', 'createdAt is that of the first event to the millisecond', began === first.createdAt, {
            equals: first.createdAt,
          }),
        ]
      : []),
    ...(whole
      ? [
          at('usedArticles', 'usedArticles are those of the events', isUnion(usedArticles, events), {
            of: 'its events',
          }),
        ]
      : []),
    at('usedArticles', 'usedArticles are named as in the events', areNamedAlike(usedArticles, events), {
      of: 'its events',
    }),
  ];
}

const isCut = (preview: string, { message }: Event): boolean => preview.trim().length < message.trim().length;

/** Articles of a conversation are of a form that the reference does not show. */
function isUnion(articles: readonly unknown[], events: readonly Event[]): boolean {
  const ids = new Set(articles.map((article) => (article as { id?: unknown } | null)?.id));
  const own = new Set<unknown>(events.flatMap(({ usedArticles }) => usedArticles.map(({ id }) => id)));
  return articles.length === ids.size && ids.size === own.size && [...ids].every((id) => own.has(id));
}

/** Where both have an article, it has one title and one address. */
function areNamedAlike(articles: readonly unknown[], events: readonly Event[]): boolean {
  const own = new Map<unknown, Event['usedArticles'][number]>(
    events.flatMap(({ usedArticles }) => usedArticles.map((article) => [article.id, article] as const)),
  );
  return articles.every((article) => {
    const { id, title, documentUrl } = (article ?? {}) as { id?: unknown; title?: unknown; documentUrl?: unknown };
    const other = own.get(id);
    if (other === undefined) return true;
    return other.title === title && [documentUrl, null].includes(other.documentUrl);
  });
}

/** What Get shows of a conversation as the listing before it; what has a rule of its own is judged by that. */
const AS_LISTED = [
  'url',
  'status',
  'subjectPreview',
  'hasFeedback',
  'resolved',
  'userAttributes',
  'usedSubfolders',
] as const;

const ofListed = ({ probe, conversation, place }: ShownConversation, other: Conversation): Relation[] =>
  AS_LISTED.map((name) => ({
    probe,
    name: `${name} is as it was listed`,
    place: `${place}/${name}`,
    holds: canonical(conversation[name]) === canonical(other[name]),
    expected: { equals: 'as listed' },
  }));

/** What a conversation shows of the metadata that its first turn sent. */
function ofMetadata(one: ShownConversation, sent: string): Relation[] {
  const { metadata } = JSON.parse(sent) as { metadata?: { channel?: string; user_attributes?: object } };
  const { userAttributes, channel } = one.conversation;
  const attributes = metadata?.user_attributes ?? {};
  const which = metadata?.user_attributes === undefined ? 'nothing, where none were sent' : 'those that were sent';
  return [
    {
      probe: one.probe,
      name: `userAttributes are ${which}`,
      place: `${one.place}/userAttributes`,
      // The ledger hides addresses.
      holds: canonical(userAttributes ?? {}) === canonical(redactStrings(attributes, redact)),
      expected: { equals: 'as sent' },
    },
    ...(metadata?.channel === undefined
      ? []
      : [
          {
            probe: one.probe,
            name: 'channel is the one that was sent',
            place: `${one.place}/channel`,
            holds: channel === metadata.channel,
            expected: { equals: metadata.channel },
            value: channel,
          },
        ]),
  ];
}

/** Nothing that is meant is nested deeper, and a stack has an end. */
const DEEPEST = 100;

/** Equal for equal values, whatever the order of their properties, as deep as is meant. */
export const canonical = (value: unknown): string => canonicalAt(value, 0);

function canonicalAt(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value));
  if (depth > DEEPEST) return '"\u2026"';
  if (Array.isArray(value)) return `[${value.map((one) => canonicalAt(one, depth + 1)).join()}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${canonicalAt(one, depth + 1)}`).join()}}`;
}

/** Events that no turn of the check was answered with. */
function ofStrangers({ probe, conversation: { events }, place }: ShownConversation, { turns }: ChainView): Relation {
  const own = new Set(turns.flatMap((turn) => turn.events.map(({ id }) => id)));
  return {
    probe,
    name: 'the events are those of the turns',
    place: `${place}/events`,
    holds: events.every(({ id }) => own.has(id)),
    expected: { of: 'its turns' },
    value: events.map(({ role }) => role),
  };
}
