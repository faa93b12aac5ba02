import { type CleanupTargets, findTargets } from '../../../scripts/audit/cleanup/find-targets.ts';
import { MadeConversations, type ServiceEvent, T0 } from '../made-service.ts';

export const CUSTOMER: ServiceEvent = { id: 'c', role: 'user', createdAt: T0, message: 'My parcel is lost.' };

/** A change of a run with one conversation, `home-0`, and what is found then. */
export interface Case {
  readonly what: string;
  /** Without references in contents. */
  readonly bare?: boolean;
  readonly change: (run: MadeConversations) => unknown;
  readonly found: Partial<CleanupTargets>;
  readonly removed?: readonly string[];
  /** Hashes of runs that have been cleaned up. */
  readonly cleaned?: readonly number[];
}

/** What a cleanup finds of a run with one conversation, after a change. */
export async function targetsAfter({
  bare = false,
  change,
  removed = [],
  cleaned = [],
}: Case): Promise<CleanupTargets> {
  const run = await MadeConversations.make(1, bare ? { references: false } : {});
  change(run);
  const { plan, service: client } = run;
  return findTargets({
    plan,
    ledger: run.ledger(),
    client,
    concurrency: 2,
    removed: new Set(removed),
    cleaned: new Set(cleaned),
  });
}
