import type { Stage } from '../../../contracts/generated/plan.ts';
import type { Profile } from '../../../contracts/profile.ts';

/** The stages of a profile laid over a window, their levels as multiples of `level`. */
export function stagesOf(profile: Profile, windowMs: number, level: number): Stage[] {
  const total = profile.stages.reduce((sum, stage) => sum + stage.share, 0);
  let share = 0;
  let endMs = 0;
  return profile.stages.map((stage, index) => {
    const startMs = endMs;
    share += stage.share;
    endMs = index === profile.stages.length - 1 ? windowMs : (share / total) * windowMs;
    const { name, measured } = stage;
    return { name, startMs, endMs, from: stage.from * level, to: stage.to * level, measured };
  });
}

/** In the closed model the level is held; conversations come in one by one over a first stage that is not measured. */
export function closedStages(profile: Profile, windowMs: number, concurrency: number): Stage[] {
  return stagesOf(profile, windowMs, concurrency).map((stage, index) => ({
    ...stage,
    from: index === 0 && !stage.measured ? 0 : concurrency,
    to: concurrency,
  }));
}

/** Whether a profile holds one level, which is all that the closed model can do. */
export function isConstant(profile: Profile): boolean {
  return profile.stages.every(({ from, to }) => from === 1 && to === 1);
}
