import { rule } from './rule.ts';

/** Rules that hold answers against those of accepted runs. */
export const BASELINE_RULES = {
  shapeChanged: rule(
    'baseline-type-changed',
    'behavioural',
    'A value has a type that none of the accepted baselines had.',
  ),
  itemShapeChanged: rule(
    'baseline-item-type-changed',
    'breaking',
    'The reference does not describe these items: clients rely on what they received, and another type breaks them.',
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
  idFormatChanged: rule(
    'baseline-id-format-changed',
    'breaking',
    'Removals take the ids of conversations, and turns those of agents; in all accepted runs they were UUIDs, and clients store them as such.',
  ),
  nullabilityChanged: rule(
    'baseline-nullability-changed',
    'behavioural',
    'In all accepted runs this was always null, or never null; clients rely on that.',
  ),
  sentinel: rule(
    'baseline-sentinel',
    'behavioural',
    'A placeholder value that no accepted run had; a missing value should be null.',
  ),
  learntStatus: rule(
    'baseline-status-changed',
    'behavioural',
    'The reference leaves the status of this request open; the accepted runs had another one.',
  ),
  extensionLost: rule(
    'baseline-property-removed',
    'additive',
    'An undocumented property that all accepted runs had is missing.',
    true,
  ),
  headerLost: rule('baseline-header-removed', 'additive', 'A header that all accepted runs had is missing.', true),
  wordReplaced: rule(
    'baseline-value-replaced',
    'behavioural',
    'In all accepted runs this value was the usual one; clients branch on it, and another has taken its place.',
  ),
  headerNew: rule(
    'baseline-header-added',
    'additive',
    'A header of HTTP that the service itself writes, and that no accepted run showed.',
    true,
  ),
  wordAdded: rule(
    'baseline-value-added',
    'additive',
    'A new value in a place where the accepted runs had only a few different ones.',
    true,
  ),
  rangeLeft: rule('baseline-range-left', 'additive', 'A number outside the range of all accepted runs.', true),
  replyAffix: rule(
    'reply-affix-changed',
    'behavioural',
    'All replies begin or end with a text that no accepted run had, or lack the one that each accepted run had.',
  ),
  replyWording: rule(
    'reply-wording-changed',
    'behavioural',
    'Nearly all replies have a sign, a word or a form that those of the accepted runs had not, or have lost one that those had.',
  ),
  replyWordingOften: rule(
    'reply-wording-shifted',
    'statistical',
    'Many replies have a sign, a word or a form that hardly one of the accepted runs had.',
  ),
  relationChanged: rule(
    'baseline-relation-changed',
    'behavioural',
    'In all accepted runs these two values agreed; clients may read either.',
  ),
  replyInner: rule(
    'reply-inner-shown',
    'critical',
    'Replies show files, queries, code or addresses of the service, which none of the accepted runs did.',
  ),
  replyPerson: rule(
    'reply-person-shown',
    'critical',
    'Replies show the e-mail address of a person that the customer did not name, as in no accepted run.',
  ),
  distributionChanged: rule(
    'distribution-changed',
    'statistical',
    'Every reply is legal, but their distribution differs from that of the accepted runs.',
  ),
} as const;
