import type { Arrivals, ArrivalsWarning } from '../../contracts/generated/arrivals.ts';
import { HarnessError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import { count, plural } from '../foundation/text/format.ts';
import type { ApiClient } from '../http/api-client.ts';
import { modelPaths } from '../run/workload/model-paths.ts';
import { WEEK_HOURS } from './arrival-law.ts';
import { observe } from './observed.ts';
import { openProgress, type Progress } from './progress.ts';
import { type Ending, MOST_IN_VAIN, readHistory } from './read-history.ts';
import { HOUR_MS, Tally } from './tally.ts';
import { type ModelOptions, type ModelTask, writeModel } from './write-model.ts';

export interface LearnOptions extends ModelOptions {
  readonly baseUrl: string;
  readonly sinceMs: number;
  readonly agent: string | undefined;
  readonly channel: string | undefined;
  readonly maxRequests: number;
}

export interface LearnTask extends ModelTask {
  readonly client: Pick<ApiClient, 'listConversations' | 'counts'>;
  readonly say: (text: string) => void;
}

/**
 * Learns a model of the conversations that the service stores, and writes it: scripts of their shapes, and the law of their
 * arrivals. Interrupted, the next call with the same options continues from there.
 * @throws HarnessError (6) where there is nothing to learn from, (8) where the service does not show its conversations
 */
export async function learn(options: LearnOptions, task: LearnTask): Promise<Arrivals> {
  const { sinceMs, agent, channel, baseUrl } = options;
  const paths = modelPaths(options.out);
  const question = {
    baseUrl,
    sinceMs,
    agent: agent ?? null,
    channel: channel ?? null,
    keepsText: task.keep !== undefined,
  };
  const tallyUntil = (until: number): Tally =>
    new Tally({ sinceMs: until - sinceMs, openFromMs: until - HOUR_MS }, options.scripts, options.seed);
  let resumed: Tally | undefined;
  const progress = await openProgress(paths.progress, question, task.redact, (until) => {
    const tally = tallyUntil(until);
    resumed = tally;
    return ({ items }) => {
      for (const item of items) tally.add(item);
    };
  });
  const tally = resumed ?? tallyUntil(progress.until);
  if (progress.pages > 0) task.say(`Continuing after ${plural(progress.pages, 'page')} read before.\n`);
  const ending = await read(options, task, progress, tally);
  assertUsable(tally, progress);
  const { since, warnings } = windowOf(ending, tally, { since: progress.until - sinceMs, until: progress.until });
  const source = { kind: 'conversations', since, until: progress.until, agent, channel } as const;
  const arrivals = await writeModel({ tally, source, warnings }, options, task);
  progress.remove();
  return arrivals;
}

async function read(
  { sinceMs, agent, channel, maxRequests }: LearnOptions,
  { client, say, keep: keepText }: LearnTask,
  progress: Progress,
  tally: Tally,
): Promise<Ending> {
  const { until, start, keep } = progress;
  const query = {
    ...{ since: until - sinceMs, until, maxRequests },
    ...(agent === undefined ? {} : { agentId: agent }),
    ...(channel === undefined ? {} : { channel }),
  };
  let pages = 0;
  const ending = await readHistory(client, query, start, (conversations, next) => {
    const items = conversations.map((conversation) => observe(conversation, until, keepText));
    const news = items.filter((item) => tally.add(item));
    keep({ items, next: next ?? null });
    pages += 1;
    if (pages % 100 === 0) say(`${plural(tally.counts.read, 'conversation')} read.\n`);
    return news.length > 0;
  });
  const isStale = isRefused(ending) && pages === 0;
  if (isStale) progress.remove();
  const trouble = troubleOf(ending, tally, isStale);
  if (trouble !== undefined) throw trouble;
  return ending;
}

/** A cursor of an earlier reading may be one that the service no longer knows. */
const isRefused = (ending: Ending): boolean =>
  ending.kind === 'status' && [400, 404, 406, 410, 422].includes(ending.status);

function troubleOf(ending: Ending, { counts }: Tally, isStale: boolean): HarnessError | undefined {
  const goOn = isStale ? 'the same command starts again' : 'the same command continues from here';
  const had = plural(counts.read, 'conversation');
  if (ending.kind === 'limit') {
    return new HarnessError(EXIT.noEvidence, `--max-requests is reached after ${had}: ${goOn}`);
  }
  if (ending.kind === 'no-page') {
    return new HarnessError(EXIT.unreachable, `List conversations did not answer with a page after ${had}; ${goOn}`);
  }
  if (ending.kind !== 'status') return undefined;
  const { status, failure } = ending;
  if (status === 401 || status === 403) {
    const why = status === 401 ? 'refuses the API key' : 'needs a key with the read scope';
    return new HarnessError(EXIT.unreachable, `List conversations ${why} (${status})`);
  }
  const what = status === 0 ? `did not answer (${failure})` : `answered ${status}`;
  return new HarnessError(EXIT.unreachable, `List conversations ${what} after ${had}: ${goOn}`);
}

/** What was read to its end without use is not read on later: by then there may be more. */
function assertUsable({ counts }: Tally, progress: Progress): void {
  const { read, started, startedBefore, open } = counts;
  if (started > open) return;
  progress.remove();
  const all = plural(started, 'conversation');
  if (started > 0) {
    throw new HarnessError(
      EXIT.noEvidence,
      `all of ${all} started in the last hour and may continue: use a longer --since, or learn later`,
    );
  }
  const reasons = [
    [startedBefore, 'started before --since'],
    [counts.withoutTimes, 'without times in ms since 1970'],
    [counts.withoutTurns, 'without a turn of a user, agent or other bot'],
    [counts.malformed, 'malformed'],
  ] as const;
  const why = reasons.flatMap(([n, reason]) => (n === 0 ? [] : [`${count(n)} ${reason}`])).join(', ');
  throw new HarnessError(
    EXIT.noEvidence,
    `none of ${plural(read, 'listed conversation')} is usable${why === '' ? '' : ` (${why})`}: use a longer --since, or another --agent or --channel`,
  );
}

interface LearntWindow {
  readonly since: number;
  readonly warnings: ArrivalsWarning[];
}

/** Where the listing does not come to its end, what lies before the oldest message that it showed is unknown. */
function windowOf(ending: Ending, tally: Tally, { since, until }: { since: number; until: number }): LearntWindow {
  const shownMs = Math.max(since, tally.oldestMs);
  const from = new Date(shownMs).toISOString();
  switch (ending.kind) {
    case 'circle':
      return { since: shownMs, warnings: [{ code: 'cursors-circle', from }] };
    case 'no-cursor':
      return { since: shownMs, warnings: [{ code: 'cursor-missing', from }] };
    case 'in-vain':
      return { since: shownMs, warnings: [{ code: 'pages-in-vain', pages: MOST_IN_VAIN, from }] };
    default:
      return historyWindow(tally, since, until);
  }
}

/** So many conversations, at the rate after it, make an empty time the time before the first one of all. */
const SURELY = 20;
/** Shorter ones may be a weekend, or a few days on which nobody worked. */
const LEAST_EMPTY_MS = WEEK_HOURS * HOUR_MS;

/** A workspace may be younger than the window: the time before it has no arrivals, and is no part of their law. */
function historyWindow({ hours, counts }: Tally, since: number, until: number): LearntWindow {
  const first = HOUR_MS * [...hours.keys()].reduce((least, hour) => Math.min(least, hour), Number.POSITIVE_INFINITY);
  const empty = first - since;
  const expected = (counts.started * empty) / (until - first);
  if (counts.startedBefore > 0 || empty < LEAST_EMPTY_MS || !(expected >= SURELY)) return { since, warnings: [] };
  return { since: first, warnings: [{ code: 'history-starts', from: new Date(first).toISOString() }] };
}
