import { describe, expect, it, vi } from 'vitest';
import { type Gathered, gather } from '../../scripts/audit/gather.ts';
import type { Reading } from '../../scripts/audit/read-back.ts';
import { home, MadeConversations } from './made-service.ts';

// Looks wait for up to ten seconds; these tests do not.
vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

interface Asked {
  readonly selected?: readonly number[];
  readonly before?: readonly Reading[];
}

async function gathered(
  run: MadeConversations,
  { selected = [0], before = [] }: Asked = {},
): Promise<Gathered & { kept: Reading[] }> {
  const kept: Reading[] = [];
  const found = await gather({
    plan: run.plan,
    ledger: run.ledger(),
    selected: new Set(selected),
    client: run.service,
    progress: {
      before: new Map(before.map((reading) => [reading.interactionId, reading])),
      keep: (reading) => void kept.push(reading),
    },
    signal: new AbortController().signal,
    concurrency: 2,
    visibleMs: Number.MAX_SAFE_INTEGER,
  });
  return { ...found, kept };
}

const eventsIn = ({ evidence }: Gathered, id: string): string[] | undefined =>
  evidence.stored.get(id)?.events.map((event) => event.id);
const ALL = ['u0-0', 'r0-0', 'u0-1', 'r0-1'];

describe('gather', () => {
  it('reads what the run knows, once, and asks for nothing else', async () => {
    const run = await MadeConversations.make();
    const found = await gathered(run);
    expect(eventsIn(found, home(0))).toEqual(ALL);
    expect(run.service.asked).toEqual([home(0)]);
    expect(run.service.counts.list).toBe(0);
    expect(found.late).toEqual([]);
    expect(found.evidence.unread.size).toBe(0);
    expect(found.kept.map(({ interactionId }) => interactionId)).toEqual([home(0)]);
  });

  it('finds a conversation whose id the run never learnt by an event that an answer named', async () => {
    const run = await MadeConversations.make();
    run.ids.delete(0);
    const found = await gathered(run);
    expect(found.evidence.homes.get(0)).toBe(home(0));
    expect(eventsIn(found, home(0))).toEqual(ALL);
  });

  it('finds one by its reference where no answer came', async () => {
    const run = await MadeConversations.make();
    run.ids.delete(0);
    run.silence(0, 0);
    run.silence(0, 1);
    expect((await gathered(run)).evidence.homes.get(0)).toBe(home(0));
  });

  it('finds one by its text where contents have no references, and not one that is taken', async () => {
    const run = await MadeConversations.make(2, { references: false });
    run.ids.delete(0);
    run.silence(0, 0);
    run.silence(0, 1);
    expect((await gathered(run)).evidence.homes.get(0)).toBe(home(0));
    run.service.listed.delete(home(0));
    expect((await gathered(run)).evidence.homes.has(0)).toBe(false);
  });

  it('says nothing of a conversation that the listing did not show', async () => {
    const run = await MadeConversations.make();
    run.ids.delete(0);
    run.service.listStatus = 503;
    const { evidence } = await gathered(run);
    expect(evidence.homes.has(0)).toBe(false);
    expect([...evidence.unread]).toEqual([0]);
  });

  it('does not look for what was surely not executed', async () => {
    const run = await MadeConversations.make();
    run.ids.delete(0);
    run.silence(0, 0, { outcome: 'unsent' });
    run.silence(0, 1, { outcome: 'unsent' });
    const { evidence } = await gathered(run);
    expect(run.service.counts.list).toBe(0);
    expect([...evidence.homes.keys(), ...evidence.unread]).toEqual([1]);
  });

  it.each([
    { status: 500, isListed: true, unread: [0], what: 'an id that Get does not know and the listing shows is unread' },
    { status: 404, isListed: true, unread: [0], what: 'the same by 404' },
    { status: 500, isListed: false, unread: [], what: 'an id that neither knows is gone' },
    { status: 503, isListed: false, unread: [0], what: 'an id that Get could not answer for is unread' },
    { status: 0, isListed: true, unread: [0], what: 'an id without an answer is unread' },
  ])('$what', async ({ status, isListed, unread }) => {
    const run = await MadeConversations.make();
    run.service.gets.set(home(0), [status]);
    if (!isListed) run.service.listed.delete(home(0));
    const { evidence } = await gathered(run);
    expect([...evidence.unread]).toEqual(unread);
    expect(evidence.stored.has(home(0))).toBe(false);
  });

  it('finds the conversation that a first try began, where its retry began another', async () => {
    const run = await MadeConversations.make(1);
    const [first] = run.turns[0] ?? [];
    if (first === undefined) throw new Error('no turn');
    run.turns[0]?.unshift({ ...first, status: 500, events: [] });
    run.turns[0]?.splice(1, 1, {
      ...first,
      attempt: 1,
      sentAt: first.sentAt + 1_500,
      settledAt: first.settledAt + 1_500,
    });
    run.service.listed.set(
      'stray',
      run.said(0, 0).map((event) => ({ ...event, id: `again-${event.id}` })),
    );
    const found = await gathered(run);
    expect([...found.evidence.strays]).toEqual([['stray', 0]]);
    expect(eventsIn(found, 'stray')).toEqual(['again-u0-0', 'again-r0-0']);
  });

  it('reads conversations outside of the sample whose events or references are in it', async () => {
    const run = await MadeConversations.make(3);
    run.stored(0).push({ ...(run.said(1, 0)[1] ?? run.said(1, 0)[0]), message: 'reply 1-0' } as never);
    const { evidence } = await gathered(run, { selected: [0] });
    expect([...evidence.stored.keys()].sort()).toEqual([home(0), home(1)]);
    const byReference = await MadeConversations.make(3);
    byReference.stored(0).push({ ...byReference.said(2, 0)[0], id: 'new' } as never);
    expect([...(await gathered(byReference)).evidence.stored.keys()].sort()).toEqual([home(0), home(2)]);
  });

  it('finds an event that is not where it should be in a conversation that the run does not know', async () => {
    const run = await MadeConversations.make(1);
    const [lost] = run.stored(0).splice(3, 1);
    run.service.listed.set('elsewhere', lost === undefined ? [] : [lost]);
    expect(eventsIn(await gathered(run), 'elsewhere')).toEqual(['r0-1']);
  });

  it('notes what only a later look showed, with the last look in vain', async () => {
    const run = await MadeConversations.make(1);
    const whole = run.stored(0);
    run.service.gets.set(home(0), [whole.slice(0, 3), whole.slice(0, 3), whole]);
    const found = await gathered(run);
    expect(eventsIn(found, home(0))).toEqual(ALL);
    expect(found.late).toMatchObject([
      { kind: 'late', eventId: 'r0-1', interactionId: home(0), turn: { conversation: 0, turn: 1 } },
    ]);
    expect(found.late[0]?.afterMs).toBeGreaterThan(0);
  });

  it('waits for a turn without an answer as well: it may show', async () => {
    const run = await MadeConversations.make(1);
    run.silence(0, 1);
    const whole = run.stored(0);
    run.service.gets.set(home(0), [whole.slice(0, 2), whole]);
    expect(eventsIn(await gathered(run), home(0))).toEqual(ALL);
  });

  it('goes on where an interrupted audit was', async () => {
    const run = await MadeConversations.make(2);
    const { kept } = await gathered(run, { selected: [0] });
    run.service.asked.splice(0);
    const found = await gathered(run, { selected: [0, 1], before: kept });
    expect(run.service.asked).toEqual([home(1)]);
    expect([...found.evidence.stored.keys()].sort()).toEqual([home(0), home(1)]);
    expect(found.kept.map(({ interactionId }) => interactionId)).toEqual([home(1)]);
  });
});
