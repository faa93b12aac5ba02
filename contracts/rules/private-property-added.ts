import { isPrivate } from '../private-value.ts';
import type { Rule } from './rule.ts';

export const privatePropertyAdded: Rule = {
  id: 'private-property-added',
  class: 'critical',
  why: 'An undocumented property exposes a secret or personal data to every client.',
  unless: ['api-key-exposed', 'error-leak'],
  find: ({ presence }) => presence.added.filter(({ path, value }) => isPrivate(String(path[path.length - 1]), value)),
};
