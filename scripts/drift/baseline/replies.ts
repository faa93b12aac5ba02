import type { Replies, Spread, Tally } from '../../../contracts/generated/findings.ts';
import { mean, variance } from '../../foundation/statistics/moments.ts';
import { languageOf } from '../../foundation/text/language.ts';
import type { Probe } from '../sighting.ts';
import { affixOf } from './affix.ts';
import { exposedIn } from './exposed.ts';
import { isFallback } from './fallback.ts';
import { isHandover } from './handover.ts';
import { replyTimes } from './reply-times.ts';
import { type Style, styleOf } from './style.ts';

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
  readonly isHandover?: boolean | undefined;
  /** What it shows of persons and of the inside of the service; undefined where its text is not known. */
  readonly exposed?: Readonly<Record<'persons' | 'inner', boolean>>;
  /** How it is written; undefined where its text is not known. */
  readonly style?: Style;
  /** Whether it is in the language of its turn; undefined where that is not clear. */
  readonly isInLanguage?: boolean | undefined;
  readonly isContinued?: boolean | undefined;
  /** Whether it holds what it was asked for; undefined where it was not asked for anything said before. */
  readonly isRecalled?: boolean | undefined;
  /** Of each article, null where it has none. */
  readonly hosts?: readonly (string | null)[];
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
    ...tallies(replies),
    ...links(replies),
    ...replyTimes(replies),
  };
}

/** Shares that only texts tell. */
function tallies(
  replies: readonly Reply[],
): Pick<Replies, 'language' | 'handover' | 'recall' | 'persons' | 'inner' | keyof Style> {
  const clear = replies.flatMap(({ isInLanguage }) => (isInLanguage === undefined ? [] : [isInLanguage]));
  const handovers = replies.flatMap(({ isHandover }) => (isHandover === undefined ? [] : [isHandover]));
  const recalls = replies.flatMap(({ isRecalled }) => (isRecalled === undefined ? [] : [isRecalled]));
  const exposed = replies.flatMap((one) => one.exposed ?? []);
  const styles = replies.flatMap(({ style }) => style ?? []);
  const capitals = styles.flatMap((style) => style.capitals ?? []);
  const tally = (list: readonly boolean[]): Tally => ({ k: list.filter(Boolean).length, n: list.length });
  return {
    ...(clear.length === 0 ? {} : { language: tally(clear) }),
    ...(handovers.length === 0 ? {} : { handover: tally(handovers) }),
    ...(recalls.length === 0 ? {} : { recall: tally(recalls) }),
    ...(exposed.length === 0
      ? {}
      : { persons: tally(exposed.map(({ persons }) => persons)), inner: tally(exposed.map(({ inner }) => inner)) }),
    ...(styles.length === 0
      ? {}
      : {
          markup: tally(styles.map(({ markup }) => markup)),
          links: tally(styles.map((one) => one.links)),
          unfinished: tally(styles.map(({ unfinished }) => unfinished)),
          phones: tally(styles.map(({ phones }) => phones)),
        }),
    ...(capitals.length === 0 ? {} : { capitals: tally(capitals) }),
  };
}

/** Where the articles of replies lead. */
function links(replies: readonly Reply[]): Pick<Replies, 'linked' | 'withLink' | 'withoutLink' | 'hosts'> {
  const all = replies.flatMap(({ hosts = [] }) => hosts);
  const having = (isIt: (host: string | null) => boolean): Tally => ({
    k: replies.filter(({ hosts = [] }) => hosts.some(isIt)).length,
    n: replies.length,
  });
  const hosts: Record<string, number> = {};
  for (const host of all) if (host !== null) hosts[host] = (hosts[host] ?? 0) + 1;
  const n = all.length;
  if (n === 0) return {};
  return {
    linked: { k: all.filter((host) => host !== null).length, n },
    withLink: having((host) => host !== null),
    withoutLink: having((host) => host === null),
    hosts,
  };
}

function hostOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).host : null;
}

/** Counts the changes of what checks ask: replies to other questions are not compared. */
const QUESTIONS = 5;

/** Each budget has its own mix of questions. */
export const repliesMix = (budget: string): string => `drift ${budget} ${QUESTIONS}`;

/** Of a check's sound user turns. `late`: turns that Get did not show at once. */
export function probeReplies(budget: string, probes: readonly Probe[], late: Tally): Replies | null {
  const inTurn = [...probes].sort((a, b) => a.exchange.sentAt - b.exchange.sentAt);
  const replies = inTurn.flatMap((probe): Reply[] => {
    const { step, exchange, response } = probe;
    const [stored, reply] = response.events ?? [];
    if (step.turn?.role !== 'user' || stored === undefined || reply === undefined) return [];
    const { message, usedArticles } = reply;
    const [asked, answered] = [languageOf(step.turn.content), languageOf(message)];
    return [
      {
        chars: message.length,
        text: message,
        articles: usedArticles.length,
        article: usedArticles[0]?.id,
        latencyMs: exchange.durationMs,
        isFallback: isFallback(message),
        isHandover: isHandover(message),
        exposed: exposedIn(probe, message),
        style: styleOf(message),
        isInLanguage: asked === undefined || answered === undefined ? undefined : asked === answered,
        isContinued: step.turn.continued,
        isRecalled: step.turn.recalls === undefined ? undefined : message.includes(step.turn.recalls),
        hosts: usedArticles.map(({ documentUrl }) => hostOf(documentUrl)),
      },
    ];
  });
  const all = repliesOf(repliesMix(budget), replies);
  const notes = probes.filter(({ step }) => step.turn !== undefined && step.turn.role !== 'user');
  const reads = probes.filter(({ operation, exchange: { status } }) => status === 200 && READS.includes(operation));
  const affix = affixOf(replies.map(({ text }) => text));
  return (
    all && {
      ...all,
      ...(affix && { affix }),
      visibleLate: late,
      ...latencies({ noteLatency: notes, readLatency: reads }),
    }
  );
}

const READS: readonly Probe['operation'][] = ['list-conversations', 'get-conversation'];

function latencies(of: Readonly<Record<'noteLatency' | 'readLatency', readonly Probe[]>>): Partial<Replies> {
  const spreads = Object.entries(of).flatMap(([key, probes]) =>
    probes.length === 0 ? [] : [[key, spreadOf(probes.map(({ exchange }) => exchange.durationMs))] as const],
  );
  return Object.fromEntries(spreads);
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
