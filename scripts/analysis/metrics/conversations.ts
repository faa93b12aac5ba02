import type { Result } from '../../../contracts/generated/result.ts';
import { designEffect } from '../../foundation/statistics/design-effect.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { share } from '../../foundation/statistics/share.ts';
import type { Database } from '../../ledger/database.ts';
import { estimate, percentile, rank } from './percentile.ts';
import { FATE } from './sample.ts';

/**
 * Conversations that began in the measured stages, from their first turn (intended; in the closed model, sent) to the answer of
 * their last. One that was not completed counts as longer than any that was. Absent where none began.
 */
export async function readConversations(db: Database): Promise<Result['conversations']> {
  const [ms, fate, turns] = await db.columns<[Float64Array, Uint8Array, Float64Array]>(
    `SELECT greatest(0, ms), CASE WHEN "end" = 'completed' THEN ${FATE.answered}
         WHEN "end" IN ('failed', 'undiscovered', 'stopped', 'abandoned') THEN ${FATE.gaveUp} ELSE ${FATE.cut} END::UTINYINT, turns
     FROM talk WHERE isMeasured ORDER BY atMs, conversation`,
  );
  if (ms.length === 0) return undefined;
  const ranked = rank({ ms, fate, late: new Float64Array() });
  const completed = fate.map((each) => Number(each === FATE.answered));
  const count = completed.reduce((sum, each) => sum + each, 0);
  return {
    completed: share(count, ms.length, designEffect(completed)),
    turns: mean(turns),
    p50: estimate(percentile(ranked, 0.5)),
    p95: estimate(percentile(ranked, 0.95)),
  };
}
