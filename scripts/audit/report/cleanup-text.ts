import { count, plural } from '../../foundation/text/format.ts';
import { textLines } from '../../foundation/text/terminal.ts';
import type { Cleanup } from '../cleanup/run-cleanup.ts';

/** What a clean-up did, and every conversation that it could not remove. */
export function renderCleanup({ dryRun, shared, targets, removed, left }: Cleanup): string {
  if (shared) return 'Nothing to remove: this run did not start its conversations; their ids come from a list.\n';
  const { gone, foreign, shared: continued, untraceable, whole } = targets;
  const lines = [
    dryRun
      ? `${plural(removed.length, 'conversation')} would be removed.`
      : `${plural(removed.length, 'conversation')} removed${gone.length > 0 ? `, ${count(gone.length)} were gone before` : ''}.`,
    ...(dryRun ? removed.map((id) => `  ${id}`) : []),
    ...(left.length > 0 ? [`Could not be removed: ${count(left.length)}`, ...left.map((id) => `  ${id}`)] : []),
    ...(foreign.length > 0
      ? [
          `Not removed, because they begin with a message of another sender: ${count(foreign.length)}`,
          ...foreign.map((id) => `  ${id}`),
        ]
      : []),
    ...(continued.length > 0
      ? [
          `Not removed, because a customer or another run continued them; clean up that other run first, if there is one: ${count(continued.length)}`,
          ...continued.map((id) => `  ${id}`),
        ]
      : []),
    ...(untraceable > 0
      ? [
          `${plural(untraceable, 'turn')} without an answer may have started conversations; without references, these cannot be distinguished from those of customers.`,
        ]
      : []),
    ...(whole ? [] : ['The listing is incomplete: there may be more conversations. Try again later.']),
  ];
  return textLines(lines);
}
