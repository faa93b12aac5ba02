import { rule } from './rule.ts';

/** Rules on events of several answers: their ids and times, what is stored of them, and what replies say. */
export const EVENT_RULES = {
  idPredictable: rule(
    'event-id-predictable',
    'behavioural',
    'Predictable ids let others guess and read conversations.',
  ),
  idReused: rule('event-id-reused', 'behavioural', 'An event id names one event, in all conversations.'),
  timestampFrozen: rule(
    'timestamp-frozen',
    'behavioural',
    'Events that were created at different times have the same time.',
  ),
  sequenceOrder: rule('sequence-timestamp-order', 'behavioural', 'A turn is not older than the turn before it.'),
  conversationOrder: rule(
    'conversation-timestamp-order',
    'behavioural',
    'A conversation does not begin after its first event.',
  ),
  conversationRedated: rule(
    'conversation-redated',
    'behavioural',
    'A conversation keeps the time at which it began, wherever it is shown.',
  ),
  shownOtherwise: rule(
    'conversation-shown-otherwise',
    'behavioural',
    'List conversations and Get show the same source, channel, external id and articles of a conversation.',
  ),
  continuationIgnored: rule(
    'continuation-ignored',
    'behavioural',
    'A turn that names a conversation continues that conversation.',
  ),
  persistence: rule('persistence-missing', 'behavioural', 'Answered events are stored, and Get shows them.'),
  readbackAltered: rule('readback-altered', 'behavioural', 'Get shows an event as in the answer.'),
  readbackOrder: rule('readback-order', 'behavioural', 'Get shows events in the order in which they were answered.'),
  readbackDuplicate: rule('readback-duplicate', 'behavioural', 'A turn is stored once.'),
  readbackOther: rule('readback-other-conversation', 'behavioural', 'Get shows the requested conversation.'),
  foreignEvents: rule(
    'foreign-events-shown',
    'critical',
    'A conversation shows its own events, and none of another conversation.',
  ),
  foreignAttributes: rule(
    'foreign-attributes-shown',
    'critical',
    'A conversation shows its own customer, and never another.',
  ),
  foreignFact: rule(
    'foreign-fact-shown',
    'critical',
    'A reply names the number that this customer gave, and never the one that another gave.',
  ),
  useAfterFree: rule('use-after-free', 'behavioural', 'A removed conversation is gone.'),
  beyondTarget: rule('deletion-beyond-target', 'critical', 'Removing a conversation does not remove another one.'),
  replyParrot: rule('reply-parrot', 'behavioural', "A reply does not just repeat the user's message."),
  replyError: rule('reply-error-text', 'behavioural', 'A reply is not an error message or a stack trace.'),
  replyDegenerate: rule('reply-degenerate', 'behavioural', 'A reply does not repeat one phrase over most of its text.'),
  replyGarbled: rule(
    'reply-garbled',
    'behavioural',
    'A reply is readable text: not encoded, escaped or decoded once too often.',
  ),
  textGarbled: rule(
    'text-garbled',
    'behavioural',
    "A title, a name, a preview or an error's message is readable text: not blank, not unfilled, and not encoded or decoded once too often.",
  ),
  replyCut: rule(
    'reply-cut',
    'behavioural',
    'A reply ends where its sentence ends: several replies stop in the middle of one, all at the same character.',
  ),
  replyGreeting: rule(
    'reply-greets-again',
    'behavioural',
    'A further turn of a conversation is answered, and not just greeted.',
  ),
  replyConstant: rule('reply-constant', 'behavioural', 'Different questions do not all get the same reply.'),
} as const;
