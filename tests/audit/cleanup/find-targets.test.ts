import { describe, expect, it } from 'vitest';
import { NOTHING } from '../../../scripts/audit/cleanup/run-cleanup.ts';
import { home, T0 } from '../made-service.ts';
import { type Case, CUSTOMER, targetsAfter } from './made-targets.ts';

/** What the service shows, or does not, of the one conversation of a run. */
const CASES: readonly Case[] = [
  {
    what: 'the service calls the source otherwise, and the ledger does not know its id',
    change: (run) => {
      run.service.source = 'sdk';
      run.ids.clear();
    },
    found: { own: [home(0)] },
  },
  {
    what: 'the service knows it no more (500)',
    change: (run) => run.service.listed.clear(),
    found: { gone: [home(0)] },
  },
  {
    what: 'the service knows it no more (404)',
    change: (run) => {
      run.service.listed.clear();
      run.service.gets.set(home(0), [404]);
    },
    found: { gone: [home(0)] },
  },
  {
    what: 'the service cannot say',
    change: (run) => {
      run.service.listed.clear();
      run.service.gets.set(home(0), [503]);
    },
    found: { unseen: [home(0)] },
  },
  {
    what: 'Get shows another conversation',
    change: (run) => {
      run.service.listed.clear();
      run.service.getConversation = async () => ({ status: 200, body: { id: 'other', events: [CUSTOMER] } });
    },
    found: { unseen: [home(0)] },
  },
  {
    what: 'the listing does not show what Get shows',
    change: (run) => {
      run.service.gets.set(home(0), [run.stored(0)]);
      run.service.listed.clear();
    },
    found: { own: [home(0)], whole: false },
  },
  {
    what: 'the listing does not show what Get shows, of a later time',
    change: (run) => {
      run.service.gets.set(home(0), [[...run.stored(0), { ...CUSTOMER, role: 'agent', createdAt: T0 + 86_400_000 }]]);
      run.service.listed.clear();
    },
    found: { own: [home(0)] },
  },
  {
    what: 'the listing cannot be read, and Get shows it',
    change: (run) => {
      run.service.listStatus = 500;
    },
    found: { own: [home(0)], whole: false },
  },
  {
    what: 'an earlier clean-up removed it',
    change: (run) => run.service.listed.clear(),
    removed: [home(0)],
    found: {},
  },
];

describe('findTargets', () => {
  it.each(CASES)('$what', async (one) => {
    expect(await targetsAfter(one)).toEqual({ ...NOTHING, ...one.found });
  });
});
