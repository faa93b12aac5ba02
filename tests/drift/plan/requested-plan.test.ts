import { describe, expect, it } from 'vitest';
import { userTurnsOf } from '../../../scripts/drift/plan/make-drift-plan.ts';
import { type DriftRequest, requestedPlan } from '../../../scripts/drift/plan/requested-plan.ts';

const CONFIG = { seed: 1, timeout: '10s' } as unknown as DriftRequest['config'];
const TARGET = { baseUrl: 'http://127.0.0.1:1', botId: 'b', embedded: false };
const OVERLAY = { sha256: 'a' } as unknown as NonNullable<DriftRequest['contract']>;

describe('a check stops sending user turns when it is decided', () => {
  it.each<[string, Omit<DriftRequest, 'config'>, boolean | undefined]>([
    ['with the budget auto', { budget: 'auto' }, true],
    ['not where findings are accepted, which decide nothing', { budget: 'auto', hasAccepted: true }, undefined],
    ['not with an overlay, which k6 does not support', { budget: 'auto', contract: OVERLAY }, undefined],
    ['not with another budget', { budget: 'standard' }, undefined],
  ])('%s', (_, request, expected) => {
    const plan = requestedPlan({ ...request, config: CONFIG }, TARGET, {});
    expect([plan.stopsWhenDecided, plan.budget, userTurnsOf(plan)]).toEqual([expected, 'standard', 90]);
  });
});
