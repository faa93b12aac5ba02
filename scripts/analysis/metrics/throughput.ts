import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Result } from '../../../contracts/generated/result.ts';
import type { Database } from '../../ledger/database.ts';

/** User turns and conversations a second of the measured stages, as far as the run reached into them under its load. */
export async function throughput(
  db: Database,
  { stages }: Plan,
  lastMs: number,
): Promise<NonNullable<Result['throughput']> | undefined> {
  const reached = stages
    .filter(({ measured }) => measured)
    .map(({ startMs, endMs }) => ({ startMs, endMs: Math.min(endMs, lastMs) }))
    .filter(({ startMs, endMs }) => endMs > startMs);
  const seconds = reached.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / 1000;
  if (seconds === 0) return undefined;
  const during = (ms: string): string =>
    reached.map(({ startMs, endMs }) => `(${ms} >= ${startMs} AND ${ms} < ${endMs})`).join(' OR ');
  const settledMs = '(settledAt - intendedAt + atMs)';
  const counts = await db.row<{ offered: number; completed: number; good: number; conversations: number }>(
    `SELECT count(*) FILTER (measured AND role = 'user' AND (${during('atMs')})) AS offered,
       count(*) FILTER (role = 'user' AND outcome = 'answered' AND (${during(settledMs)})) AS completed,
       count(*) FILTER (role = 'user' AND good AND (${during(settledMs)})) AS good,
       count(*) FILTER (turn = 0 AND attempt = 0 AND measured AND (${during('atMs')})) AS conversations
     FROM turn`,
  );
  return {
    offeredPerSecond: counts.offered / seconds,
    completedPerSecond: counts.completed / seconds,
    goodPerSecond: counts.good / seconds,
    conversationsPerSecond: counts.conversations / seconds,
  };
}
