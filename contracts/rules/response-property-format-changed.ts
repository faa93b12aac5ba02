import type { Rule } from './rule.ts';

export const responsePropertyFormatChanged: Rule = {
  id: 'response-property-format-changed',
  class: 'breaking',
  why: 'Ids are UUIDs and document URLs absolute http(s) URLs; clients store and open them as such.',
  find: ({ breaches }) => breaches.filter(({ keyword }) => keyword === 'format' || keyword === 'pattern'),
};
