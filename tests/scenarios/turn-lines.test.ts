import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationEnd, Sent } from '../../contracts/generated/ledger.ts';
import type { Forbidden } from '../../contracts/redact.ts';
import type { EventCore } from '../../contracts/response.ts';
import type { Violation } from '../../contracts/violation.ts';
import type { Judgement } from '../../scenarios/lanes/judgement.ts';
import { lineWriter } from '../../scenarios/lanes/line-writer.ts';
import { settledLine } from '../../scenarios/lanes/settled-line.ts';
import type { Settlement } from '../../scenarios/lanes/settlement.ts';
import { turnLines } from '../../scenarios/lanes/turn-lines.ts';
import { newGuard } from '../../scripts/secrets/guard.ts';

const KEY = 'fini_live_0123456789abcdef0123456789abcdef';
const ID = '3f2b8a64-1c0d-4e5f-9a7b-0123456789ab';
const NONE: Forbidden = { keys: [], values: [], patterns: [], fields: [] };

let lines: string[];

beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

const sent = (more: Partial<Sent> = {}): Sent => ({
  kind: 'sent',
  conversation: 12,
  turn: 1,
  attempt: 0,
  lane: 3,
  intendedAt: 1_764_356_400_000,
  role: 'user',
  sentAt: 1_764_356_400_001,
  ...more,
});

/** A turn that is settled, as the lanes know it. */
interface SettledParts {
  readonly settlement: Settlement;
  readonly judgement: Judgement;
}

const REPLY: EventCore = { id: ID, role: 'finibot', createdAt: 1, message: 'Hi' };

const settled = (settlement: Partial<Settlement> = {}, judgement: Partial<Judgement> = {}): SettledParts => ({
  settlement: {
    settledAt: 1_764_356_400_900,
    outcome: 'answered',
    status: 200,
    errorCode: 0,
    durationMs: 812.123456,
    waitingMs: 811.5,
    connectMs: 0,
    bytes: 907,
    ...settlement,
  },
  judgement: { events: [{ ...REPLY, role: 'user' }, REPLY], violations: [], isValid: true, ...judgement },
});

const ended = (more: Partial<ConversationEnd> = {}): ConversationEnd => ({
  kind: 'conversation',
  conversation: 12,
  lane: 3,
  at: 1_764_356_400_900,
  template: 'refund',
  outcome: 'completed',
  turnsPlanned: 4,
  turnsSent: 4,
  ...more,
});

type Written = Sent | ConversationEnd | SettledParts;
const HASH = '00000000abcd0000';
const hashOf = (): string => HASH;

/** What is written, and what a search of the whole line writes. */
function both(forbidden: Forbidden, line: Written, isOverlaid = false): (string | undefined)[] {
  const writer = lineWriter(forbidden);
  const { recordSent, recordSettled, recordEnd } = turnLines(writer, { isOverlaid, hashOf });
  if ('settlement' in line) {
    recordSettled(sent(), line.settlement, line.judgement);
    writer.write(settledLine(sent(), line.settlement, line.judgement, hashOf));
  } else {
    if (line.kind === 'sent') recordSent(line);
    else recordEnd(line);
    writer.write(line);
  }
  return [lines.at(-2), lines.at(-1)];
}

const text = fc.oneof(fc.string(), fc.constantFrom(KEY, KEY.slice(4, 30), '"', '\\', '\ud800', 'a@b.example'));
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const role = fc.constantFrom('user', 'agent', 'finibot');
const eventsWith = (id: fc.Arbitrary<string>, words: fc.Arbitrary<string>) =>
  fc.array(fc.record({ id, role: words, createdAt: number, message: text }), { maxLength: 3 });
const sentLines = fc
  .record({ patienceMs: number, interactionId: fc.oneof(fc.uuid(), text) }, { requiredKeys: [] })
  .map(sent);
const ends = fc.record({ template: text, interactionId: fc.oneof(fc.uuid(), text) }, { requiredKeys: [] }).map(ended);
const settledTurns = fc
  .tuple(
    fc.record({ durationMs: number, error: text, retryAfterMs: fc.nat() }, { requiredKeys: [] }),
    fc.option(text, { nil: undefined }),
    fc.oneof(
      fc.tuple(eventsWith(fc.uuid(), role), fc.constant(true)),
      fc.tuple(eventsWith(text, text), fc.constant(false)),
    ),
  )
  .map(([more, form, [events, isValid]]) => settled(more, { form, events, isValid }));

describe('the lines of turns and conversations', () => {
  it('hold what a search of the whole line leaves, where an overlay allows ids and roles of any text', () => {
    const forbidden = newGuard({ FINI_API_KEY: KEY }).forbidden();
    const id = `"${KEY}`;
    const turn = settled({}, { events: [{ id, role: KEY as 'user', createdAt: 1, message: 'Hi' }] });
    const [written, searched] = both(forbidden, turn, true);
    expect(written).toBe(searched);
    expect(written).not.toContain(KEY);
    expect(JSON.parse(written ?? '').kind).toBe('settled');
  });

  it('hold what a search of the whole line leaves, whatever is in them', () => {
    const forbidden = newGuard({ FINI_API_KEY: KEY }).forbidden();
    const holdTheSame = (line: Written): void => {
      const [quick, searched] = both(forbidden, line).map((text) => JSON.parse(text ?? '') as object);
      expect(quick).toEqual(searched);
    };
    fc.assert(fc.property(sentLines, (line) => holdTheSame(line)));
    fc.assert(fc.property(ends, (line) => holdTheSame(line)));
    fc.assert(fc.property(settledTurns, (turn) => holdTheSame(turn)));
  });

  it.each<[what: string, Forbidden, Written]>([
    ['a key that is a UUID', newGuard({ FINI_API_KEY: ID }).forbidden(), sent({ interactionId: ID })],
    ['a key that is a UUID, in an event', newGuard({ FINI_API_KEY: ID }).forbidden(), settled()],
    ['half of a short key', { ...NONE, keys: ['3f2b8a64'] }, settled()],
    ['a key of digits', { ...NONE, keys: ['0123456789'] }, sent({ interactionId: ID })],
    ['a datum', { ...NONE, values: ['4e5f'] }, sent({ interactionId: ID })],
    ['a datum in an event', { ...NONE, values: ['4e5f'] }, settled()],
    ['a pattern', { ...NONE, patterns: ['[0-9]{8,}'] }, settled()],
    ['a datum in a hash', { ...NONE, values: ['abcd'] }, settled()],
    ['a datum in the form', { ...NONE, values: ['Okafor'] }, settled({}, { form: '0.0.0 64.0.0{Okafor:string}' })],
    ['a key that is a UUID, at the end', newGuard({ FINI_API_KEY: ID }).forbidden(), ended({ interactionId: ID })],
    ['a datum in the name of a script', { ...NONE, values: ['Okafor'] }, ended({ template: 'Mrs Okafor' })],
    ['a key as an id', { ...NONE, keys: [KEY] }, sent({ interactionId: KEY })],
    ['a key in an error', { ...NONE, keys: [KEY] }, settled({ outcome: 'lost', error: `bad ${KEY}` })],
    ['a key in a violation', { ...NONE, keys: [KEY] }, settled({}, { violations: [violation(KEY)] })],
  ])('hide %s', (_, forbidden, line) => {
    const [quick, searched] = both(forbidden, line);
    expect(quick).toBe(searched);
    expect(quick).toMatch(/\[(?:key|personal)\]/);
  });

  it('are put together without a search where nothing in them can hold a key', () => {
    const writer = lineWriter(newGuard({ FINI_API_KEY: KEY }).forbidden());
    const write = vi.fn();
    const { recordSent, recordSettled, recordEnd } = turnLines({ ...writer, write }, { isOverlaid: false, hashOf });
    const inTime = settled({ retryAfterMs: 3 }, { form: '0.0.0 0.2.1' });
    const late = settled({ outcome: 'timed-out', status: 0 }, { events: [], isValid: false });
    recordSent(sent({ interactionId: ID, patienceMs: 7 }));
    for (const { settlement, judgement } of [inTime, late]) recordSettled(sent(), settlement, judgement);
    recordEnd(ended({ interactionId: ID }));
    expect(write).not.toHaveBeenCalled();
    expect(lines).toHaveLength(4);
  });
});

function violation(sample: string): Violation {
  const place = { location: '/0', template: '200/0' };
  return { rule: 'r', class: 'breaking', ...place, expected: {}, observed: { type: 'string', sample } };
}
