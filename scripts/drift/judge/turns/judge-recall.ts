import type { DriftPlan } from '../../../../contracts/generated/drift-plan.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import type { SoundTurn } from '../chain-view.ts';

const NUMBER = /\d+/g;

/** Replies that name what another conversation of the check stated, where they should name what their own did. */
export function judgeRecall({ chains }: DriftPlan, turns: readonly SoundTurn[]): Sighting[] {
  const facts = new Set(chains.flatMap(({ steps }) => steps.flatMap(({ turn }) => turn?.recalls ?? [])));
  return turns.flatMap(({ probe, events }) => {
    const own = probe.step.turn?.recalls;
    const { message = '' } = events[1] ?? {};
    const numbers: readonly string[] = message.match(NUMBER) ?? [];
    const other = numbers.find((number) => facts.has(number));
    if (own === undefined || other === undefined || numbers.includes(own)) return [];
    const seen = { place: '/responses/200/body/1/message', expected: { fact: own }, value: message };
    return [sighting({ rule: DRIFT_RULES.foreignFact, probe, ...seen })];
  });
}
