import { usageError } from '../../foundation/errors.ts';
import { plural } from '../../foundation/text/format.ts';
import type { FullConfig } from '../config/load.ts';
import { type LaneLoad, lanesFor } from './lanes.ts';

/** k6 readies its lanes in this time, so that the first conversation is not late. */
const LEAD_MS = 300;
/** Several runners share the processors of this machine while they start; a lane that is late sends nothing. */
const RUNNERS_LEAD_MS = 3_000;
const RUNNER_LEAD_MS = 1_000;

/** How long before time zero the runners of a plan are started. */
export const leadMs = (runners = 1): number => (runners === 1 ? LEAD_MS : RUNNERS_LEAD_MS + runners * RUNNER_LEAD_MS);

/**
 * Lanes of a plan: the same number for each of its runners, so that each has an equal share, and none without work.
 * @param atMost conversations that may use a lane each: of the whole run, or in progress at any time (closed model)
 * @throws HarnessError (2) where lanes or conversations are too few for the runners
 */
export function sharedLanes(
  { config, runners = 1 }: { readonly config: Pick<FullConfig, 'lanes'>; readonly runners?: number | undefined },
  load: LaneLoad,
  atMost: number,
): number {
  if (atMost < runners) {
    throw usageError(
      `--runners ${runners} needs a conversation for each runner, and this plan has ${plural(atMost, 'conversation')}: ` +
        `use --runners ${Math.max(1, atMost)}, or raise the load`,
    );
  }
  const most = Math.floor(atMost / runners);
  if (config.lanes === undefined) {
    const share = { inFlight: load.inFlight / runners, startsPerSecond: load.startsPerSecond / runners };
    return runners * lanesFor(share, most);
  }
  if (config.lanes % runners === 0) return runners === 1 ? config.lanes : Math.min(config.lanes, runners * most);
  throw usageError(
    `lanes: ${config.lanes} cannot be split equally over ${runners} runners: use a multiple of ${runners}, or omit lanes`,
  );
}
