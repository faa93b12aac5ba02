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
  nullabilityChanged: rule(
    'baseline-nullability-changed',
    'behavioural',
    'In all accepted runs this was null each time, or never; clients come to rely on that.',
  ),
  sentinel: rule(
    'baseline-sentinel',
    'behavioural',
    'A value that programs write where there is none, which no accepted run had: null says that there is nothing.',
  ),
  learntStatus: rule(
    'baseline-status-changed',
    'behavioural',
    'The reference leaves the status of this request open; the accepted runs had another one.',
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
    'Every reply is legal, but their distribution is not that of the accepted runs.',
  ),
} as const;
