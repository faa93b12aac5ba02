import type { Database } from '../../ledger/database.ts';

/** Conversations of a run whose ids it learnt, and how many ids these are: fewer, where the service takes several for one. */
export interface Identities {
  readonly known: number;
  readonly ids: number;
}

export function readIdentities(db: Database): Promise<Identities> {
  return db.row<Identities & Record<string, number>>(
    `SELECT count(*) AS known, count(DISTINCT interactionId) AS ids
     FROM line WHERE kind = 'conversation' AND interactionId IS NOT NULL`,
  );
}
