import type { Replies, Spread } from '../../../contracts/generated/findings.ts';
import { mean, variance } from '../../foundation/statistics/moments.ts';

/** What is known of the time of a reply. */
interface Timed {
  readonly latencyMs?: number | undefined;
  readonly isContinued?: boolean | undefined;
  readonly articles?: number;
}

/** So many times the median is a stall. */
const STALL = 5;

/** Of a check: what is sent at once, before any answer, to a service that may have been idle. */
const AT_FIRST = 8;

type Times = Pick<Replies, 'trend' | 'continued' | 'searched' | 'idle' | 'stalls'>;

/** How latencies differ within a check: later against earlier ones, further turns against first ones, replies with articles against others, and the slowest. */
export function replyTimes(replies: readonly Timed[]): Times {
  const timed = replies.flatMap(({ latencyMs, isContinued = false, articles = 0 }) =>
    latencyMs === undefined ? [] : [{ log: Math.log(Math.max(1, latencyMs)), isContinued, isSearched: articles > 0 }],
  );
  if (timed.length < 2) return {};
  const logs = timed.map(({ log }) => log);
  const half = Math.floor(logs.length / 2);
  const sorted = [...logs].sort((a, b) => a - b);
  const limit = (sorted[half] ?? 0) + Math.log(STALL);
  const of = (name: 'isContinued' | 'isSearched', is: boolean): number[] =>
    timed.filter((one) => one[name] === is).map(({ log }) => log);
  // The last third against the first: what changes within a check is seen best from its ends.
  const third = Math.floor(logs.length / 3);
  const trend = differenceOf(logs.slice(0, third), logs.slice(logs.length - third));
  const continued = differenceOf(of('isContinued', false), of('isContinued', true));
  const searched = differenceOf(of('isSearched', false), of('isSearched', true));
  const idle = differenceOf(logs.slice(AT_FIRST), logs.slice(0, AT_FIRST));
  return {
    stalls: { k: logs.filter((log) => log > limit).length, n: logs.length },
    ...(trend === undefined ? {} : { trend }),
    ...(continued === undefined ? {} : { continued }),
    ...(searched === undefined ? {} : { searched }),
    ...(idle === undefined ? {} : { idle }),
  };
}

/** Of the means; `sd` is such that its square over `n` is the variance of the difference. */
function differenceOf(before: readonly number[], after: readonly number[]): Spread | undefined {
  if (before.length < 2 || after.length < 2) return undefined;
  const n = before.length + after.length;
  const error = variance(before) / before.length + variance(after) / after.length;
  return { n, mean: mean(after) - mean(before), sd: Math.sqrt(error * n) };
}
