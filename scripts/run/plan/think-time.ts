import type { ThinkTime } from '../../../contracts/generated/plan.ts';
import { nonEmpty } from '../../foundation/non-empty.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { durationMs } from '../config/duration.ts';
import type { PlanInput } from './plan-input.ts';

/** The pauses before turns: by a law, or those of a file. */
export function thinkTimeOf({ config, thinkTimes }: Pick<PlanInput, 'config' | 'thinkTimes'>): ThinkTime {
  if (thinkTimes === undefined) return lawOf(config.thinkTime);
  return { ...lawOf(config.thinkTime), meanMs: mean(thinkTimes), valuesMs: nonEmpty(thinkTimes) };
}

interface Spread<Law> {
  readonly law: Law;
  readonly mean: string;
  readonly cv: number;
}

/** A configured law, in ms. */
export function lawOf<Law>({ law, mean, cv }: Spread<Law>): { law: Law; meanMs: number; cv: number } {
  return { law, meanMs: durationMs(mean), cv };
}
