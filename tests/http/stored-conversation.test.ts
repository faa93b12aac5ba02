import { describe, expect, it } from 'vitest';
import { agentsOf } from '../../scripts/http/agents.ts';
import { storedConversation, storedPage } from '../../scripts/http/stored-conversation.ts';

/** What `String` and `Number` throw for. */
const POISON = { toString: 1, valueOf: null };
const HOSTILE = [POISON, null, undefined, [POISON], true, 7, 'x', { toString: POISON }];

describe.each(HOSTILE.map((value) => [JSON.stringify(value) ?? 'undefined', value]))(
  '%s of the service',
  (_, value) => {
    it.each(['role', 'createdAt', 'id', 'message'])('as the %s of an event is data', (name) => {
      const event = { id: 'e', role: 'user', createdAt: 1, message: 'm', [name]: value };
      expect(() => storedConversation({ id: 'a', events: [event] })).not.toThrow();
      expect(storedPage({ interactions: [{ id: 'a', events: [event] }, value] })?.cursor).toBeUndefined();
    });

    it('as the name of an agent is data', () => {
      expect(agentsOf([{ id: 'a', name: value }, value])).toEqual([{ id: 'a', name: value === 'x' ? 'x' : '' }]);
    });
  },
);
