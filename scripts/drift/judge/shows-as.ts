import { DRIFT_RULES } from '../rules/index.ts';

/** What a reply that is no text for people already breaks by another rule. */
const SPOILT = ['reply-template-leak', 'unicode-corruption', 'body-not-utf8'];

/** What is wrong with replies, and why they have something in common. */
const OF_REPLIES = [
  DRIFT_RULES.readbackAltered.id,
  DRIFT_RULES.replyConstant.id,
  DRIFT_RULES.replyError.id,
  DRIFT_RULES.replyParrot.id,
  DRIFT_RULES.replyDegenerate.id,
  DRIFT_RULES.replyGarbled.id,
  DRIFT_RULES.replyPerson.id,
  DRIFT_RULES.replyInner.id,
  DRIFT_RULES.replyCut.id,
  DRIFT_RULES.replyGreeting.id,
  'reply-leak',
  'reply-empty',
  'echo-mismatch',
  'cross-talk',
  ...SPOILT,
];

/** What a finding of the key's rule also shows as, when both are there. */
export const SHOWS_AS: Readonly<Record<string, readonly string[]>> = {
  [DRIFT_RULES.notListed.id]: [
    DRIFT_RULES.persistence.id,
    DRIFT_RULES.pagingGap.id,
    DRIFT_RULES.listOrder.id,
    DRIFT_RULES.pagingRepeats.id,
  ],
  [DRIFT_RULES.listedOtherwise.id]: [
    DRIFT_RULES.readbackAltered.id,
    DRIFT_RULES.readbackOrder.id,
    DRIFT_RULES.persistence.id,
    DRIFT_RULES.notListed.id,
    DRIFT_RULES.continuationIgnored.id,
    DRIFT_RULES.foreignEvents.id,
  ],
  [DRIFT_RULES.agentMissing.id]: [DRIFT_RULES.idFormatChanged.id],
  [DRIFT_RULES.foreignEvents.id]: ['cross-talk', DRIFT_RULES.foreignEvents.id],
  [DRIFT_RULES.foreignAttributes.id]: [DRIFT_RULES.foreignEvents.id, DRIFT_RULES.foreignAttributes.id],
  [DRIFT_RULES.conversationRedated.id]: [
    DRIFT_RULES.conversationOrder.id,
    DRIFT_RULES.conversationRedated.id,
    'timestamp-unit-changed',
  ],
  [DRIFT_RULES.listWindow.id]: [DRIFT_RULES.conversationOrder.id, DRIFT_RULES.conversationRedated.id, 'timestamp-skew'],
  [DRIFT_RULES.listOrder.id]: [DRIFT_RULES.foreignEvents.id, DRIFT_RULES.sequenceOrder.id, 'timestamp-skew'],
  [DRIFT_RULES.foreignFact.id]: [DRIFT_RULES.foreignEvents.id, DRIFT_RULES.continuationIgnored.id, 'cross-talk'],
  [DRIFT_RULES.persistence.id]: [DRIFT_RULES.foreignEvents.id],
  // Which conversation is whose is known by its events.
  [DRIFT_RULES.listFilter.id]: [DRIFT_RULES.foreignEvents.id],
  [DRIFT_RULES.sentinel.id]: [DRIFT_RULES.foreignEvents.id],
  [DRIFT_RULES.useAfterFree.id]: [DRIFT_RULES.useAfterFree.id, DRIFT_RULES.answerCached.id],
  [DRIFT_RULES.removedListed.id]: [
    DRIFT_RULES.useAfterFree.id,
    DRIFT_RULES.foreignListed.id,
    // A listing that is shown again shows what it showed before.
    DRIFT_RULES.listedOtherwise.id,
  ],
  'echo-mismatch': ['cross-talk'],
  [DRIFT_RULES.errorAsSuccess.id]: ['response-body-type-changed'],
  // A conversation that lacks events has no preview, and is of nobody.
  [DRIFT_RULES.readbackDuplicate.id]: [DRIFT_RULES.foreignEvents.id],
  [DRIFT_RULES.nullabilityChanged.id]: [
    'timestamp-unit-changed',
    DRIFT_RULES.persistence.id,
    DRIFT_RULES.notListed.id,
    DRIFT_RULES.listedOtherwise.id,
    DRIFT_RULES.readbackAltered.id,
    DRIFT_RULES.continuationIgnored.id,
    DRIFT_RULES.foreignEvents.id,
  ],
  [DRIFT_RULES.idReused.id]: ['event-nil-id', 'event-duplicate-id'],
  'event-duplicate-id': ['event-nil-id'],
  [DRIFT_RULES.refusalDiffers.id]: [DRIFT_RULES.accessGranted.id],
  [DRIFT_RULES.readbackOther.id]: [DRIFT_RULES.continuationIgnored.id],
  [DRIFT_RULES.pagingGap.id]: [DRIFT_RULES.pagingRepeats.id],
  // Where next is previous, the first page has the cursor that the second one lacks.
  [DRIFT_RULES.pagingCursor.id]: [DRIFT_RULES.pagingRepeats.id],
  [DRIFT_RULES.pagingRepeats.id]: [DRIFT_RULES.pagingEndless.id],
  [DRIFT_RULES.pagingLimit.id]: [DRIFT_RULES.pagingRepeats.id, DRIFT_RULES.pagingEndless.id],
  [DRIFT_RULES.conversationOrder.id]: [
    DRIFT_RULES.conversationOrder.id,
    'timestamp-skew',
    'timestamp-out-of-range',
    'timestamp-unit-changed',
    DRIFT_RULES.readbackAltered.id,
    DRIFT_RULES.foreignEvents.id,
    DRIFT_RULES.nullabilityChanged.id,
  ],
  [DRIFT_RULES.pagingEndless.id]: [DRIFT_RULES.pagingGap.id, DRIFT_RULES.notListed.id],
  [DRIFT_RULES.pagingBack.id]: [
    DRIFT_RULES.pagingGap.id,
    DRIFT_RULES.pagingRepeats.id,
    DRIFT_RULES.pagingEndless.id,
    DRIFT_RULES.listOrder.id,
    DRIFT_RULES.listedOtherwise.id,
  ],
  [DRIFT_RULES.replyGarbled.id]: [DRIFT_RULES.readbackAltered.id, ...SPOILT],
  [DRIFT_RULES.replyCut.id]: [DRIFT_RULES.readbackAltered.id],
  [DRIFT_RULES.replyWording.id]: [DRIFT_RULES.replyAffix.id, ...OF_REPLIES],
  [DRIFT_RULES.replyWordingOften.id]: OF_REPLIES,
  [DRIFT_RULES.replyAffix.id]: OF_REPLIES,
  [DRIFT_RULES.replyConstant.id]: [
    // A placeholder stands for every reply.
    DRIFT_RULES.readbackAltered.id,
    DRIFT_RULES.replyError.id,
    'reply-template-leak',
    'reply-leak',
    'reply-empty',
  ],
};
