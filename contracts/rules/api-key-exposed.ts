import { keyPlace } from '../key-place.ts';
import { HIDDEN_KEY } from '../redact.ts';
import type { Rule } from './rule.ts';

export const apiKeyExposed: Rule = {
  id: 'api-key-exposed',
  class: 'critical',
  why: "An answer never contains the sender's API key. A key in a header, an error or a property ends up in logs, where others can read and use it.",
  find: ({ turn, response }) =>
    turn.keyShown === true ? { path: keyPlace(response), expected: { secrets: 'none' }, value: HIDDEN_KEY } : undefined,
};
