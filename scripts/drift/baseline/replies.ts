import type { Replies, Spread, Tally } from '../../../contracts/generated/findings.ts';
import { mean, variance } from '../../foundation/statistics/moments.ts';
import type { Probe } from '../sighting.ts';
import { isFallback } from './fallback.ts';

/** What is known of one sound AI reply. */
export interface Reply {
  readonly chars: number;
  /** Equal for equal texts. */
  readonly text: string;
  readonly articles: number;
  /** Of its first article, where it is known. */
  readonly article?: string | undefined;
  readonly latencyMs?: number | undefined;
  readonly isFallback?: boolean | undefined;
}

/** What the replies of a run were like together; null without any. */
export function repliesOf(mix: string, replies: readonly Reply[]): Replies | null {
  if (replies.length === 0) return null;
  const n = replies.length;
  const named = replies.flatMap(({ article }) => (article === undefined ? [] : [article]));
  const isTold = replies.every(({ isFallback }) => isFallback !== undefined);
  const timed = replies.flatMap(({ latencyMs }) => (latencyMs === undefined ? [] : [latencyMs]));
  const withArticles = replies.filter(({ articles }) => articles > 0).length;
  return {
    mix,
    n,
    length: spreadOf(replies.map(({ chars }) => chars)),
    latency: timed.length === 0 ? null : spreadOf(timed),
    articles: { k: withArticles, n },
    sameArticle: named.length < withArticles || named.length === 0 ? null : mostCommon(named),
    fallback: isTold ? { k: replies.filter(({ isFallback }) => isFallback).length, n } : null,
    sameness: mostCommon(replies.map(({ text }) => text)),
  };
}

/** Of a check's sound user turns; each budget has its own mix of questions. */
export function probeReplies(budget: string, probes: readonly Probe[]): Replies | null {
  const replies = probes.flatMap(({ step, exchange, response }): Reply[] => {
    const [stored, reply] = response.events ?? [];
    if (step.turn?.role !== 'user' || stored === undefined || reply === undefined) return [];
    const { message, usedArticles } = reply;
    return [
      {
        chars: message.length,
        text: message,
        articles: usedArticles.length,
        article: usedArticles[0]?.id,
        latencyMs: exchange.durationMs,
        isFallback: isFallback(message),
      },
    ];
  });
  return repliesOf(`drift ${budget}`, replies);
}

/** Mean and standard deviation of the logarithm; nothing is shorter than 1. */
function spreadOf(values: readonly number[]): Spread {
  const logs = values.map((value) => Math.log(Math.max(1, value)));
  const n = logs.length;
  return { n, mean: mean(logs), sd: n < 2 ? 0 : Math.sqrt(variance(logs)) };
}

function mostCommon(keys: readonly string[]): Tally {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return { k: Math.max(...counts.values()), n: keys.length };
}
