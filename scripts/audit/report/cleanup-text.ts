import { count, plural } from '../../foundation/text/format.ts';
import { textLines } from '../../foundation/text/terminal.ts';
import type { Cleanup } from '../cleanup/run-cleanup.ts';

/** What a clean-up did, and every conversation that it could not remove. */
export function renderCleanup({ dryRun, shared, targets, removed, left }: Cleanup): string {
  if (shared) return 'Nothing to remove: this run did not start its conversations, their ids are from a list.\n';
  const { gone, foreign, shared: continued, untraceable, whole } = targets;
  const lines = [
    dryRun
      ? `${plural(removed.length, 'conversation')} would be removed.`
      : `${plural(removed.length, 'conversation')} removed${gone.length > 0 ? `, ${count(gone.length)} were gone before` : ''}.`,
    ...(dryRun ? removed.map((id) => `  ${id}`) : []),
    ...(left.length > 0 ? [`Could not be removed: ${count(left.length)}`, ...left.map((id) => `  ${id}`)] : []),
    ...(foreign.length > 0
      ? [
          `Left alone, since somebody else's message comes first: ${count(foreign.length)}`,
          ...foreign.map((id) => `  ${id}`),
        ]
      : []),
    ...(continued.length > 0
      ? [
          `Left alone, since a customer or another run continued them; where a run still names them, clean that run up first: ${count(continued.length)}`,
          ...continued.map((id) => `  ${id}`),
        ]
      : []),
    ...(untraceable > 0
      ? [
          `${plural(untraceable, 'turn')} without an answer may have started conversations; without references they cannot be distinguished from a customer's.`,
        ]
      : []),
    ...(whole ? [] : ['The listing is not complete: there may be more. Try again later.']),
  ];
  return textLines(lines);
}
