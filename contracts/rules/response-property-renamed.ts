import type { Rule } from './rule.ts';

export const responsePropertyRenamed: Rule = {
  id: 'response-property-renamed',
  class: 'breaking',
  why: 'A property that vanished while an unknown one with fitting values took its place.',
  find: ({ presence }) => presence.renamed,
};
