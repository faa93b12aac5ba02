import type { Distribution, Replies, Spread, Tally } from '../../../contracts/generated/findings.ts';

/** A statistic of one run on a scale on which its variance does not depend on it. */
export interface Point {
  readonly value: number;
  /** From its own replies alone. */
  readonly variance: number;
  readonly n: number;
  /** What people read. */
  readonly shown: number;
  /** Of a share of replies, how many; each reply is a draw of its own. */
  readonly k?: number;
}

/** The replies of a run, with the articles on the host that most of the accepted runs' articles are on. */
export type Compared = Replies & { readonly usualHost?: Tally };

export interface Metric {
  readonly metric: string;
  readonly unit: Distribution['unit'];
  /** What is too small to be told, in the unit. */
  readonly least: number;
  /** The same of several nights together, which show smaller changes. */
  readonly leastOfNights: number;
  readonly of: (replies: Compared) => Point | undefined;
  /** So many values of each run at least, where it is not the usual number. */
  readonly leastReplies?: number;
  /** From the scale back to what people read. */
  readonly shown: (value: number) => number;
  /** How runs of a quiet service vary, where it is not as others of its unit. */
  readonly quiet?: number;
}

type SpreadKey = 'length' | 'latency' | 'noteLatency' | 'readLatency' | 'trend' | 'continued' | 'searched' | 'idle';
type TallyKey =
  | 'articles'
  | 'sameArticle'
  | 'fallback'
  | 'sameness'
  | 'stalls'
  | 'visibleLate'
  | 'reconnected'
  | 'language'
  | 'handover'
  | 'markup'
  | 'capitals'
  | 'links'
  | 'unfinished'
  | 'phones'
  | 'recall'
  | 'withLink'
  | 'withoutLink'
  | 'usualHost';

const spread =
  (key: SpreadKey) =>
  (replies: Compared): Point | undefined => {
    const it: Spread | null = replies[key] ?? null;
    return it === null ? undefined : { value: it.mean, variance: it.sd ** 2 / it.n, n: it.n, shown: Math.exp(it.mean) };
  };

/** Articles of one reply go together. */
const OF_ARTICLES: readonly TallyKey[] = ['usualHost'];

/** F. J. Anscombe, Biometrika 35 (1948): of this the variance is 1 / (4n + 2), whatever the share. */
const share =
  (key: TallyKey) =>
  (replies: Compared): Point | undefined => {
    const it: Tally | null = replies[key] ?? null;
    if (it === null || it.n === 0) return undefined;
    const { k, n } = it;
    const value = Math.asin(Math.sqrt((k + 3 / 8) / (n + 3 / 4)));
    return { value, variance: 1 / (4 * n + 2), n, shown: k / n, ...(!OF_ARTICLES.includes(key) && { k }) };
  };

const toShare = (angle: number): number => Math.sin(Math.min(Math.max(angle, 0), Math.PI / 2)) ** 2;

const RATIO_OF_NIGHTS = 1.15;

/** How one kind of replies of a quiet service varies against another of the same run. */
const WITHIN_A_RUN = 0.03;

const ratio = (metric: string, least: number, of: Metric['of']): Metric => ({
  metric,
  unit: 'ratio',
  least,
  leastOfNights: RATIO_OF_NIGHTS,
  of,
  shown: Math.exp,
});
const difference = (metric: string, least: number, of: Metric['of']): Metric => ({
  metric,
  unit: 'difference',
  least,
  leastOfNights: least,
  of,
  shown: toShare,
});

export const METRICS: readonly Metric[] = [
  ratio('reply.length', 1.25, spread('length')),
  ratio('reply.latency', 1.5, spread('latency')),
  difference('reply.articles', 0.1, share('articles')),
  difference('reply.same-article', 0.2, share('sameArticle')),
  difference('reply.fallback', 0.05, share('fallback')),
  difference('reply.sameness', 0.1, share('sameness')),
  difference('reply.language', 0.1, share('language')),
  difference('reply.handover', 0.1, share('handover')),
  difference('reply.markup', 0.2, share('markup')),
  difference('reply.capitals', 0.2, share('capitals')),
  difference('reply.links', 0.2, share('links')),
  difference('reply.unfinished', 0.2, share('unfinished')),
  difference('reply.phones', 0.2, share('phones')),
  // Few turns ask for what was said; those that do should all be told.
  { ...difference('reply.recall', 0.2, share('recall')), leastReplies: 4 },
  difference('reply.linked-article', 0.2, share('withLink')),
  difference('reply.unlinked-article', 0.2, share('withoutLink')),
  difference('article.host', 0.2, share('usualHost')),
  difference('reply.stalls', 0.05, share('stalls')),
  ratio('reply.trend', 1.5, spread('trend')),
  // What days do to a service they do to all of its replies.
  { ...ratio('reply.continued', 1.5, spread('continued')), quiet: WITHIN_A_RUN },
  { ...ratio('reply.article-latency', 1.5, spread('searched')), quiet: WITHIN_A_RUN },
  ratio('reply.idle', 1.5, spread('idle')),
  ratio('note.latency', 1.5, spread('noteLatency')),
  ratio('read.latency', 1.5, spread('readLatency')),
  difference('turn.visible-late', 0.1, share('visibleLate')),
  difference('turn.reconnected', 0.1, share('reconnected')),
];

/** The host that most articles of the accepted runs are on. */
export function usualHost(accepted: readonly Replies[]): string {
  const counts = new Map<string, number>();
  for (const { hosts = {} } of accepted)
    for (const [host, count] of Object.entries(hosts)) counts.set(host, (counts.get(host) ?? 0) + count);
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0])[0];
}

export function withHost(replies: Replies, usual: string): Compared {
  const { hosts } = replies;
  if (hosts === undefined) return replies;
  const n = Object.values(hosts).reduce((sum, count) => sum + count, 0);
  return { ...replies, usualHost: { k: hosts[usual] ?? 0, n } };
}
