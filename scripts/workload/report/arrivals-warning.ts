import type { ArrivalsWarning } from '../../../contracts/generated/arrivals.ts';

/** A warning of a learnt model as a sentence. */
export function arrivalsWarning(warning: ArrivalsWarning): string {
  switch (warning.code) {
    case 'cursors-circle':
      return `the cursors of List conversations lead in a circle: arrivals are known from ${warning.from} on only`;
    case 'languages-missing':
      return `the bank has no contents in ${warning.languages.join(', ')}: English is used instead`;
    default:
      return warning satisfies never;
  }
}
