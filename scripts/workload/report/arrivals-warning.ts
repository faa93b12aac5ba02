import type { ArrivalsWarning } from '../../../contracts/generated/arrivals.ts';
import { count, plural } from '../../foundation/text/format.ts';

/** A warning of a learnt model as a sentence. */
export function arrivalsWarning(warning: ArrivalsWarning): string {
  switch (warning.code) {
    case 'cursors-circle':
      return `the cursors of List conversations form a circle: arrivals are known only from ${warning.from}`;
    case 'cursor-missing':
      return `List conversations announces more pages without a cursor: arrivals are known only from ${warning.from}`;
    case 'pages-in-vain':
      return `${plural(warning.pages, 'page')} of List conversations in a row showed nothing new: arrivals are known only from ${warning.from}`;
    case 'history-starts':
      return `no conversation started before ${warning.from}: the history is taken to start there`;
    case 'languages-missing':
      return `the bank has no contents in ${warning.languages.join(', ')}: English is used instead`;
    case 'no-whole-hour':
      return 'no whole hour was observed: arrivals are not known';
    case 'messages-repeated':
      return `${plural(warning.messages, 'message')} repeated with the same time, role and text: each counts once`;
    case 'messages-beyond':
      return `${plural(warning.messages, 'message')} beyond the first ${count(warning.most)} of a conversation: not counted`;
    case 'turns-unlinked':
      return `${plural(warning.turns, 'turn')} without interactionId: each counts as a conversation, because no answer in the file shows to which one it belongs`;
    default:
      return warning satisfies never;
  }
}
