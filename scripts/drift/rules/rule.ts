import type { DriftRule } from '../sighting.ts';

/** A row of the rules' tables. A notice is shown and fails nothing. */
export const rule = (id: string, cls: DriftRule['class'], why: string, notice = false): DriftRule => ({
  id,
  class: cls,
  why,
  notice,
});
