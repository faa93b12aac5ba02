import type { ArrivalsWarning } from '../../../contracts/generated/arrivals.ts';
import { count, plural } from '../../foundation/text/format.ts';

/** A warning of a learnt model as a sentence. */
export function arrivalsWarning(warning: ArrivalsWarning): string {
  switch (warning.code) {
    case 'cursors-circle':
      return `the cursors of List conversations lead in a circle: arrivals are known from ${warning.from} on only`;
    case 'cursor-missing':
      return `List conversations says that there is more, without a cursor: arrivals are known from ${warning.from} on only`;
    case 'pages-in-vain':
      return `${plural(warning.pages, 'page')} of List conversations in a row showed nothing new: arrivals are known from ${warning.from} on only`;
    case 'languages-missing':
      return `the bank has no contents in ${warning.languages.join(', ')}: English is used instead`;
    case 'no-whole-hour':
      return 'no whole hour was observed: nothing is known of arrivals';
    case 'messages-repeated':
      return `${plural(warning.messages, 'message')} repeated with the same time, role and text: each counts once`;
    case 'messages-beyond':
      return `${plural(warning.messages, 'message')} beyond the first ${count(warning.most)} of a conversation: not counted`;
    case 'turns-unlinked':
      return `${plural(warning.turns, 'turn')} without interactionId: each counts as a conversation, since no answer in the file shows which one it belongs to`;
    default:
      return warning satisfies never;
  }
}
