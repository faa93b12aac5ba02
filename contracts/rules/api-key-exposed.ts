import { keyPlace } from '../key-place.ts';
import { HIDDEN_KEY } from '../redact.ts';
import type { Rule } from './rule.ts';

export const apiKeyExposed: Rule = {
  id: 'api-key-exposed',
  class: 'critical',
  why: "The sender's API key never comes back: in a header, an error, a property or its name it ends in logs, and whoever reads it can send.",
  find: ({ turn, response }) =>
    turn.keyShown === true ? { path: keyPlace(response), expected: { secrets: 'none' }, value: HIDDEN_KEY } : undefined,
};
