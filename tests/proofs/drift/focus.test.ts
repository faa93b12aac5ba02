import { describe, expect, it } from 'vitest';
import type { Step } from '../../../contracts/generated/drift-plan.ts';
import { makeDriftPlan, userTurnsOf } from '../../../scripts/drift/plan/make-drift-plan.ts';
import { focused } from '../../../scripts/proofs/drift/focus.ts';
import type { Kind } from '../../../scripts/reference-server/index.ts';

const PLAN = makeDriftPlan({
  runId: 'focus',
  budget: 'standard',
  seed: 1,
  now: 1_769_853_600_000,
  timeoutMs: 1_000,
  target: { baseUrl: 'http://127.0.0.1:1', botId: 'bot', embedded: true },
  otherBotId: 'other',
  taggedBotId: 'tagged',
  keys: { read: true, write: true, revoked: true, other: true },
});
/** A rare drift needs so many probes of its kind. */
const OFTEN = 90;

const isSentAs =
  (...kinds: string[]) =>
  ({ do: action, kind }: Step): boolean =>
    action === 'send' && kinds.includes(kind);
const isAnswered = ({ expect: { statuses } }: Step): boolean => statuses[0] === 200;

const ROWS: readonly (readonly [Kind, (step: Step) => boolean])[] = [
  ['U', ({ turn }) => turn?.role === 'user'],
  ['R', ({ turn }) => turn?.role === 'agent' || turn?.role === 'finibot' || turn?.role === 'otherbot'],
  ['TURN', ({ turn }) => turn !== undefined],
  ['G', (step) => step.do === 'read' && isAnswered(step)],
  ['L', ({ do: action }) => action === 'find'],
  ['B', (step) => step.operation === 'list-agents' && isAnswered(step)],
  ['D', (step) => step.operation === 'delete-conversation' && isAnswered(step)],
  ['N1', isSentAs('N1')],
  ['N5', isSentAs('N5')],
  ['N6', isSentAs('N6')],
  ['N*', isSentAs('N1', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8')],
  ['A1', isSentAs('A1')],
  ['A2', isSentAs('A2')],
  ['A3', isSentAs('A3')],
  ['A4', isSentAs('A4')],
  ['A5', isSentAs('A5')],
  ['A7', isSentAs('A7')],
  ['A*', isSentAs('A1')],
];

describe('a plan with the probes of one kind', () => {
  it.each(ROWS)('%s: as many as a rare drift needs', (kind, isOne) => {
    const steps = focused([kind])(PLAN).chains.flatMap((chain) => chain.steps);
    expect(steps.filter(isOne).length).toBeGreaterThanOrEqual(OFTEN);
  });

  it.each(ROWS)('%s: what a step speaks of is there', (kind) => {
    const { chains } = focused([kind])(PLAN);
    const of = chains.flatMap(({ steps }) => steps.flatMap((step) => step.of ?? []));
    expect(of.filter((id) => chains[id]?.steps.length === 0)).toEqual([]);
  });

  it('leaves chains in their places, and a plan for every kind as it is', () => {
    const plan = focused(['N5'])(PLAN);
    expect(plan.chains.map(({ id }) => id)).toEqual(PLAN.chains.map(({ id }) => id));
    expect(userTurnsOf(plan)).toBe(0);
    expect(focused(['POST'])(PLAN)).toBe(PLAN);
  });
});
