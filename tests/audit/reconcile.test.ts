import { describe, expect, it } from 'vitest';
import type { Finding } from '../../contracts/generated/audit.ts';
import type { Evidence } from '../../scripts/audit/evidence.ts';
import { reconcile } from '../../scripts/audit/reconcile.ts';
import { change, conversation, event, of, put, settle } from './changes.ts';
import { answered, contentHash, evidenceOf, type Made, made } from './made-evidence.ts';

/** Changes a run; may return other evidence. */
type Change = (run: Made) => unknown;

/** What is done to three conversations of two turns; what is found of it: kind, turn of conversation 0, more. */
const CASES: [string, Change, Partial<Finding>[]][] = [
  ['nothing', () => undefined, []],
  ['an event is gone', (run) => void conversation(run).splice(1, 1), [{ kind: 'lost', eventId: 'r0-0' }]],
  [
    'a whole conversation is gone',
    (run) => void conversation(run).splice(0),
    ['u0-0', 'r0-0', 'u0-1', 'r0-1'].map((eventId) => ({ kind: 'lost' as const, eventId })),
  ],
  [
    'a user event is stored again under another id',
    (run) => put(run, 1, { hash: 'content-0-0', ...of(0, 0) }),
    [{ kind: 'duplicated', eventId: 'x' }],
  ],
  [
    'a reply is stored again under another id',
    (run) => put(run, 4, { role: 'finibot', hash: 'reply-0-1' }),
    [{ kind: 'duplicated', eventId: 'x' }],
  ],
  ['the same event twice', (run) => put(run, 1, event(run, 0)), [{ kind: 'duplicated', eventId: 'u0-0' }]],
  ['another text', (run) => change(run, 0, { hash: 'other' }), [{ kind: 'altered', fields: ['message'] }]],
  ['another reply', (run) => change(run, 1, { hash: 'other' }), [{ kind: 'altered', fields: ['message'] }]],
  [
    'another time and role',
    (run) => change(run, 1, { createdAt: 7, role: 'agent' }),
    [{ kind: 'altered', fields: ['role', 'createdAt'] }],
  ],
  [
    'two events change places',
    (run) => void conversation(run).splice(0, 2, event(run, 1), event(run, 0)),
    [{ kind: 'reordered', eventId: 'u0-0' }],
  ],
  [
    'an event is in a conversation that nobody asked for',
    (run) => {
      const [moved] = conversation(run).splice(3, 1);
      run.stored.push(moved === undefined ? [] : [moved]);
    },
    [{ kind: 'misplaced', eventId: 'r0-1', interactionId: 'home-3' }],
  ],
  ['somebody else speaks', (run) => put(run, 4, {}), [{ kind: 'foreign', eventId: 'x' }]],
  [
    'somebody else speaks where others may',
    (run) => {
      put(run, 4, {});
      return { shared: true };
    },
    [],
  ],
  ['a reply that nobody got', (run) => put(run, 4, { role: 'finibot' }), [{ kind: 'foreign', eventId: 'x' }]],
  [
    'a turn of another run',
    (run) => put(run, 4, of(5, 1, 77)),
    [{ kind: 'cross-talk', other: { conversation: 5, turn: 1, run: '25' } }],
  ],
  [
    'another run of the same customer goes on here',
    (run) =>
      put(
        run,
        4,
        of(0, 0, 77),
        { id: 'y', role: 'finibot' },
        { ...of(0, 1, 77), id: 'z' },
        { id: 'w', role: 'finibot' },
      ),
    [],
  ],
  [
    'another run of the same customer was here before',
    (run) => put(run, 0, of(0, 0, 77), { id: 'y', role: 'finibot' }),
    [],
  ],
  [
    'another run of the same customer goes on here, and one reply too many',
    (run) => put(run, 4, of(0, 0, 77), { id: 'y', role: 'finibot' }, { id: 'z', role: 'finibot' }),
    [{ kind: 'foreign', eventId: 'z' }],
  ],
  ['a customer was here long before', (run) => put(run, 0, { createdAt: -60_000 }), []],
  ['a customer is here at the same time', (run) => put(run, 0, {}), [{ kind: 'foreign', eventId: 'x' }]],
  ['a customer is here long after', (run) => put(run, 4, { createdAt: 60_000 }), [{ kind: 'foreign', eventId: 'x' }]],
  [
    'a customer is here long after a run without references',
    (run) => {
      put(run, 4, { createdAt: 60_000 });
      for (const [number, events] of run.stored.entries()) {
        run.stored[number] = events.map((one) => ({ ...one, references: [] }));
      }
      return { expectation: { run: undefined, contentHash } };
    },
    [],
  ],
  [
    'a turn that the run never sent',
    (run) => put(run, 4, of(9, 0)),
    [{ kind: 'cross-talk', other: { conversation: 9, turn: 0 } }],
  ],
  [
    'a turn of another conversation of the run',
    (run) => {
      const [moved] = conversation(run, 1).splice(2, 1);
      const list = run.turns[1] ?? [];
      const before = list[1];
      if (before !== undefined) list[1] = { ...before, outcome: 'timed-out', status: 0, events: [] };
      put(run, 4, moved ?? {});
      conversation(run, 1).splice(2, 1);
    },
    [{ kind: 'cross-talk', turn: { conversation: 1, turn: 1 }, other: { conversation: 0, turn: 1, attempt: 0 } }],
  ],
  [
    'two turns got each other’s answers',
    (run) => {
      settle(run, 1, { events: answered(1, 1).named });
      const list = run.turns[1] ?? [];
      const before = list[1];
      if (before !== undefined) list[1] = { ...before, events: answered(0, 1).named };
    },
    [
      { kind: 'cross-talk', turn: { conversation: 0, turn: 1, attempt: 0 }, other: { conversation: 1, turn: 1 } },
      { kind: 'cross-talk', turn: { conversation: 1, turn: 1, attempt: 0 }, other: { conversation: 0, turn: 1 } },
    ],
  ],
  ...(['timed-out', 'lost', 'cut'] as const).map((outcome): [string, Change, Partial<Finding>[]] => [
    `a turn that was ${outcome} is stored`,
    (run) => settle(run, 1, { outcome, status: 0 }),
    [{ kind: 'unanswered-stored', class: 'notice', what: outcome, eventId: 'u0-1' }],
  ]),
  [
    'a turn that was timed out is not stored',
    (run) => {
      settle(run, 1, { outcome: 'timed-out', status: 0 });
      conversation(run).splice(2);
    },
    [],
  ],
  [
    'a turn that was refused is stored',
    (run) => settle(run, 1, { status: 429 }),
    [{ kind: 'refused-stored', eventId: 'u0-1' }],
  ],
  [
    'first try and retry are both stored',
    (run) => {
      const second = run.turns[0]?.[1];
      if (second === undefined) return;
      run.turns[0]?.splice(1, 1, { ...second, status: 500, events: [] }, { ...second, attempt: 1 });
      put(run, 2, { hash: 'content-0-1', ...of(0, 1) }, { id: 'y', role: 'finibot', hash: 'reply' });
    },
    [{ kind: 'retry-stored', class: 'notice', what: 'error-status', status: 500, eventId: 'x' }],
  ],
  [
    'nothing can be said of a conversation',
    (run) => {
      conversation(run).splice(0);
      return { unread: new Set([0]) };
    },
    [],
  ],
];

describe('reconcile', () => {
  it.each(CASES)('%s', (_, apply, expected) => {
    const run = made(3, 2);
    const { findings } = reconcile(evidenceOf(run, (apply(run) ?? {}) as Partial<Evidence>));
    expect(findings).toHaveLength(expected.length);
    expect(findings).toEqual(expected.map((finding) => expect.objectContaining(finding)));
  });

  it('counts each try once, though first try and retry began a conversation each', () => {
    const run = made(1, 1);
    const [first] = run.turns[0] ?? [];
    if (first === undefined) throw new Error('no turn');
    const failed = { ...first, status: 500, events: [] };
    run.turns[0]?.splice(0, 1, failed, { ...failed, attempt: 1 });
    run.stored.push(conversation(run).map((one) => ({ ...one, id: `${one.id}-again` })));
    const { unanswered, retries, findings } = reconcile(evidenceOf(run, { strays: new Map([['home-1', 0]]) }));
    expect(unanswered).toMatchObject([{ what: 'error-status', status: 500, stored: { k: 2, n: 2 } }]);
    expect(retries.storedTwice).toMatchObject({ k: 1, n: 1 });
    expect(findings.map(({ kind }) => kind)).toEqual(['unanswered-stored', 'retry-stored']);
  });

  it('takes the reply to a turn without an answer for its own, also where no answer names anything', () => {
    const run = made(1, 1);
    settle(run, 0, { outcome: 'timed-out', status: 0, events: [] });
    const reconciled = reconcile(evidenceOf(run));
    expect(reconciled.counts).toMatchObject({ stored: 2, unrelated: 0 });
    expect(reconciled.findings.map(({ kind }) => kind)).toEqual(['unanswered-stored']);
  });
});
