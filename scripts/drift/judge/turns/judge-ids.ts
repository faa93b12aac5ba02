import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import type { SoundTurn } from '../chain-view.ts';

/** Ids of events, over all turns. */
export function judgeIds(turns: readonly SoundTurn[]): Sighting[] {
  const seen = new Set<string>();
  return turns.flatMap(({ probe, events }) => {
    const index = events.findIndex(({ id }) => seen.has(id.toLowerCase()));
    for (const { id } of events) seen.add(id.toLowerCase());
    if (index < 0) return [];
    const place = `/responses/200/body/${index}/id`;
    const value = events[index]?.id;
    return [sighting({ rule: DRIFT_RULES.idReused, probe, place, expected: { unique: true }, value })];
  });
}
