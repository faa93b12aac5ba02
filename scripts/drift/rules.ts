import { observe } from '../../contracts/breach.ts';
import type { Expected } from '../../contracts/violation.ts';
import type { DriftRule, Probe, Sighting } from './sighting.ts';

const rule = (id: string, cls: DriftRule['class'], why: string, notice = false): DriftRule => ({
  id,
  class: cls,
  why,
  notice,
});

/** Promises that no single answer to a turn can break: of statuses by condition, and between exchanges. */
export const DRIFT_RULES = {
  accessGranted: rule(
    'access-granted',
    'critical',
    'The reference denies this key, or no key, what it was given here.',
  ),
  foreignListed: rule(
    'foreign-data-listed',
    'critical',
    "A listing never shows another workspace's conversation or agent.",
  ),
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
  removedListed: rule('removed-listed', 'behavioural', 'A removed conversation is gone from listings, too.'),
  beyondTarget: rule('deletion-beyond-target', 'critical', 'Removing a conversation removes no other.'),
  validRefused: rule('valid-request-refused', 'breaking', 'The request is valid by the reference, and was refused.'),
  invalidAccepted: rule('invalid-request-accepted', 'breaking', 'The reference documents this request as refused.'),
  unsaidAccepted: rule(
    'undocumented-request-accepted',
    'behavioural',
    'A request that other services refuse is accepted.',
    true,
  ),
  errorAsSuccess: rule(
    'error-with-success-status',
    'breaking',
    'An error that comes with a success status is taken for an answer.',
  ),
  errorStatusChanged: rule(
    'error-status-changed',
    'breaking',
    'Clients branch on the documented status of each refusal.',
  ),
  errorStatusImproved: rule(
    'error-status-improved',
    'behavioural',
    'Another status says the same more clearly; clients of the documented one miss it.',
    true,
  ),
  refusalDiffers: rule(
    'refusal-differs',
    'behavioural',
    'The reference does not say which refusal it is; it was expected otherwise.',
    true,
  ),
  statusChanged: rule('success-status-changed', 'breaking', 'The reference documents another status for success.'),
  undocumentedStatus: rule(
    'undocumented-status',
    'breaking',
    'A client cannot know what a status outside the documented list means.',
  ),
  headerAdded: rule('response-header-added', 'additive', 'A header that neither the reference nor HTTP knows.'),
  idReused: rule('event-id-reused', 'behavioural', 'An event id names one event, in all conversations.'),
  timestampFrozen: rule('timestamp-frozen', 'behavioural', 'Events that were created apart have the same time.'),
  sequenceOrder: rule('sequence-timestamp-order', 'behavioural', 'A later turn is not older than the turn before it.'),
  continuationIgnored: rule('continuation-ignored', 'behavioural', 'A turn that names a conversation goes on with it.'),
  persistence: rule('persistence-missing', 'behavioural', 'What was answered is stored, and Get shows it.'),
  notListed: rule('conversation-not-listed', 'behavioural', 'List conversations shows the conversation of every turn.'),
  listedOtherwise: rule(
    'listed-otherwise',
    'behavioural',
    'List conversations shows every event of a turn, as it was answered.',
  ),
  readbackAltered: rule('readback-altered', 'behavioural', 'Get shows an event as it was answered.'),
  readbackOrder: rule('readback-order', 'behavioural', 'Get shows events in the order in which they were answered.'),
  readbackDuplicate: rule('readback-duplicate', 'behavioural', 'A turn is stored once.'),
  readbackOther: rule('readback-other-conversation', 'behavioural', 'Get shows the conversation that was asked for.'),
  useAfterFree: rule('use-after-free', 'behavioural', 'A removed conversation is gone.'),
  pagingRepeats: rule('paging-repeats', 'behavioural', 'Paging shows each conversation once.'),
  pagingGap: rule('paging-gap', 'behavioural', 'Paging shows every conversation that there was when it began.'),
  pagingEndless: rule('paging-endless', 'behavioural', 'Paging comes to an end: a next page holds something.'),
  pagingCursor: rule('paging-cursor-missing', 'behavioural', 'Where there is more there is a cursor to it.'),
  pagingLimit: rule(
    'paging-limit-exceeded',
    'behavioural',
    'A page holds at most as many conversations as were asked for.',
  ),
  listWindow: rule('listing-window', 'behavioural', 'A listing holds what was created from since until until.'),
  listFilter: rule('listing-filter', 'behavioural', 'A listing holds what its filter names, and nothing else.'),
  listOrder: rule('listing-order', 'behavioural', 'Listings are newest first.'),
  agentsRepeat: rule('agents-repeat', 'behavioural', 'List agents shows each agent once.'),
  agentMissing: rule('agent-missing', 'behavioural', 'List agents shows the agent that answers.'),
  replyParrot: rule('reply-parrot', 'behavioural', "The user's own words are no reply to them."),
  replyError: rule('reply-error-text', 'behavioural', 'An error message or a stack trace is no reply to a customer.'),
  replyConstant: rule('reply-constant', 'statistical', 'Different questions do not all get the same reply.'),
  shapeChanged: rule(
    'baseline-type-changed',
    'behavioural',
    'A value has a type that none of the accepted baselines had.',
  ),
  itemShapeChanged: rule(
    'baseline-item-type-changed',
    'breaking',
    'The reference does not show these items: clients were written after what came, and another type breaks them.',
  ),
  itemPropertyLost: rule(
    'baseline-item-property-removed',
    'behavioural',
    'In all accepted runs each of these items had the property.',
  ),
  formatChanged: rule(
    'baseline-format-changed',
    'behavioural',
    'In all accepted runs every value had this format or unit.',
  ),
  learntStatus: rule(
    'baseline-status-changed',
    'behavioural',
    'The reference leaves open how this request is answered; the accepted runs were answered otherwise.',
  ),
  extensionLost: rule(
    'baseline-property-removed',
    'additive',
    'A property that the reference does not know, and that was always there, is gone.',
    true,
  ),
  headerLost: rule('baseline-header-removed', 'additive', 'A header that was always there is gone.', true),
  wordAdded: rule(
    'baseline-value-added',
    'additive',
    'A word that none of the accepted runs had, where there were few.',
    true,
  ),
  rangeLeft: rule('baseline-range-left', 'additive', 'A number beyond those of all accepted runs.', true),
  distributionChanged: rule(
    'distribution-changed',
    'statistical',
    'Every reply is legal, but together they are not what they were in the accepted runs.',
  ),
} as const;

/** The sighting of a drift rule; `place` and `template` are pointers without their `#`. */
export function sighting(
  { id, class: cls, why, notice = false }: DriftRule,
  probe: Probe,
  place: string,
  expected: Expected,
  value: unknown,
  template = place,
): Sighting {
  return {
    rule: id,
    class: cls,
    notice,
    why,
    location: `#${place}`,
    template: `#${template}`,
    expected,
    observed: observe(value),
    probe,
  };
}
