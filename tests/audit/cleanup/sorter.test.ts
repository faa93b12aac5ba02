import { describe, expect, it } from 'vitest';
import { POOL_CONTENT } from '../../../contracts/pool-content.ts';
import { runHash, withReference } from '../../../contracts/reference.ts';
import { NOTHING } from '../../../scripts/audit/cleanup/run-cleanup.ts';
import { home, type MadeConversations, T0 } from '../made-service.ts';
import { type Case, CUSTOMER, targetsAfter } from './made-targets.ts';

/** What another run said in the conversation of this one. */
const continued = (run: MadeConversations) =>
  run.stored(0).push({
    ...CUSTOMER,
    id: 'o',
    message: withReference('Hello again.', { run: OTHER, conversation: 3, turn: 0 }),
  });
const OTHER = runHash('other');

/** What was said in the one conversation of a run, and by whom. */
const CASES: readonly Case[] = [
  { what: 'the run began it', change: () => undefined, found: { own: [home(0)] } },
  { what: 'the ledger does not know its id', change: (run) => run.ids.clear(), found: { own: [home(0)] } },
  {
    what: "a customer's conversation is beside it",
    change: (run) => run.service.listed.set('theirs', [CUSTOMER]),
    found: { own: [home(0)] },
  },
  {
    what: "the ledger names a customer's conversation",
    change: (run) => {
      run.service.listed.set('theirs', [CUSTOMER, ...run.said(0, 0)]);
      run.ids.set(0, 'theirs');
    },
    found: { own: [home(0)], foreign: ['theirs'] },
  },
  {
    what: 'the run is led into a conversation that a customer began',
    change: (run) => run.stored(0).unshift(CUSTOMER),
    found: { foreign: [home(0)] },
  },
  {
    what: "a customer's bot quotes a reference of the run",
    change: (run) => {
      const [first] = run.said(0, 0);
      run.service.listed.set('quoted', [{ ...CUSTOMER, role: 'finibot', message: first?.message ?? '' }]);
    },
    found: { own: [home(0)] },
  },
  {
    what: 'its first messages are lost, and only replies that the run got are left',
    change: (run) => {
      const replies = run.stored(0).filter(({ role }) => role === 'finibot');
      run.stored(0).splice(0, Number.POSITIVE_INFINITY, ...replies);
    },
    found: { own: [home(0)] },
  },
  { what: 'it is empty, and the ledger names it', change: (run) => run.stored(0).splice(0), found: { own: [home(0)] } },
  {
    what: 'it is empty, and the ledger does not name it',
    change: (run) => {
      run.ids.clear();
      run.stored(0).splice(0);
    },
    found: {},
  },
  {
    what: 'an earlier run of the same plan began another',
    change: (run) => {
      const [event] = run.said(0, 0);
      run.service.listed.set('other', [{ ...CUSTOMER, message: event?.message.replace(/ref:\w+/, 'ref:abc') ?? '' }]);
    },
    found: { own: [home(0)] },
  },
  {
    what: 'it was prepared for the pool, and nothing was said in it',
    change: (run) => {
      run.service.listed.set('prepared', [{ id: 'p', role: 'agent', createdAt: T0, message: POOL_CONTENT }]);
      run.pooled.set('p', { kind: 'pooled', pool: 0, at: T0, eventId: 'p' });
    },
    found: { own: ['prepared', home(0)] },
  },
  {
    what: 'somebody else says what prepares a pool',
    change: (run) => run.service.listed.set('theirs', [{ ...CUSTOMER, message: POOL_CONTENT }]),
    found: { own: [home(0)] },
  },
  {
    what: 'another run continued it, and still names it',
    change: continued,
    found: { shared: [home(0)] },
  },
  {
    what: 'another run continued it, and has been cleaned up since',
    change: continued,
    cleaned: [OTHER],
    found: { own: [home(0)] },
  },
  {
    what: 'a customer continued it',
    change: (run) => run.stored(0).push(CUSTOMER),
    found: { shared: [home(0)] },
  },
  {
    what: 'the service forgets the references of what it stores later',
    change: (run) => {
      const [first, ...rest] = run.stored(0);
      const bare = rest.map((event) => ({ ...event, message: event.message.replace(/ ?\[ref:.*/, '') }));
      run.stored(0).splice(0, Number.POSITIVE_INFINITY, ...(first === undefined ? [] : [first]), ...bare);
    },
    found: { own: [home(0)] },
  },
  {
    what: 'an agent of the customer answered in it',
    change: (run) => run.stored(0).push({ ...CUSTOMER, role: 'agent', message: 'Can I help?' }),
    found: { own: [home(0)] },
  },
  {
    what: 'a reply quotes what another run said',
    change: (run) => {
      continued(run);
      run.stored(0).push({ ...CUSTOMER, ...run.stored(0).pop(), role: 'finibot' });
    },
    found: { own: [home(0)] },
  },
  {
    what: 'without references, by its first event and its text',
    bare: true,
    change: () => undefined,
    found: { own: [home(0)] },
  },
  {
    what: 'without references, somebody else continued it',
    bare: true,
    change: (run) => run.stored(0).push(CUSTOMER),
    found: { shared: [home(0)] },
  },
  {
    what: 'without references, a turn that got no answer is in it',
    bare: true,
    change: (run) => run.silence(0, 1),
    found: { own: [home(0)] },
  },
  {
    what: 'without references, its first event has another text',
    bare: true,
    change: (run) => run.stored(0).splice(0, 1, { ...CUSTOMER, id: 'u0-0' }),
    found: { foreign: [home(0)] },
  },
  {
    what: 'without references, an answer that was mixed up names it',
    bare: true,
    change: (run) => {
      const [first, second] = run.turns[0] ?? [];
      if (first === undefined || second === undefined) throw new Error('no turns');
      const mixedUp = { rule: 'echo-mismatch' } as (typeof first.violations)[number];
      run.turns[0] = [{ ...first, violations: [mixedUp] }, second];
    },
    found: { foreign: [home(0)] },
  },
  {
    what: 'without references and without an answer nothing tells it from a customer',
    bare: true,
    change: (run) => {
      run.ids.clear();
      run.silence(0, 0);
      run.silence(0, 1, { outcome: 'unsent' });
    },
    found: { untraceable: 1 },
  },
];

describe('whose a conversation is', () => {
  it.each(CASES)('$what', async (one) => {
    expect(await targetsAfter(one)).toEqual({ ...NOTHING, ...one.found });
  });
});
