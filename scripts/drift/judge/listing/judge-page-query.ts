import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import { CLOCKS_MS } from '../clocks.ts';
import { latestAt, type Page } from './pages.ts';

/** Filters that probes name and that nothing can fit. */
const NOTHING_FITS = /[?&](agentId=ffffffff-0000-4000|source=no-such|channel=no-such)/;

/** What the check's own conversations have, of which a listing shows something. */
export interface Own {
  readonly agent: string | undefined;
  readonly sources: readonly string[];
  /** A channel may have another name where it is shown: only of those that are shown by the name they are filtered by it is known. */
  readonly channels: readonly string[];
}

const NOTHING: Own = { agent: undefined, sources: [], channels: [] };

/** Whether a page holds only what its request asked for, and something of the agent that is known to have conversations. */
export function judgePageQuery({ probe, page: { interactions } }: Page, own: Own = NOTHING): Sighting[] {
  const { url } = probe.exchange;
  const count = { rule: DRIFT_RULES.listFilter, probe, place: '/listing/interactions', value: interactions.length };
  const named = { source: namesIn(url, 'source'), channel: namesIn(url, 'channel') };
  const isShown = (names: readonly string[] | undefined, own: readonly string[]): boolean =>
    own.some((name) => names?.includes(name));
  const isOwn = own.agent !== undefined && url.includes(`agentId=${own.agent}`);
  // After a cursor there may be nothing left.
  const isFirst = !/[?&]cursor=/.test(url);
  const isNone = NOTHING_FITS.test(url);
  const isDue = !isNone && (isOwn || isShown(named.source, own.sources) || isShown(named.channel, own.channels));
  if (isFirst && interactions.length === 0 && isDue) return [sighting({ ...count, expected: { minItems: 1 } })];
  if (isNone) return interactions.length === 0 ? [] : [sighting({ ...count, expected: { maxItems: 0 } })];
  for (const name of isShown(named.channel, own.channels) ? (['source', 'channel'] as const) : (['source'] as const)) {
    const names = named[name];
    const foreign = interactions.findIndex(({ [name]: value }) => value !== null && names?.includes(value) === false);
    if (foreign < 0) continue;
    const seen = { expected: { enum: names ?? [] }, value: interactions[foreign]?.[name] };
    return [
      sighting({ rule: DRIFT_RULES.listFilter, probe, place: `/listing/interactions/${foreign}/${name}`, ...seen }),
    ];
  }
  const since = timeIn(url, 'since') ?? Number.NEGATIVE_INFINITY;
  const until = timeIn(url, 'until') ?? Number.POSITIVE_INFINITY;
  const times = interactions.map(latestAt);
  const outside = times.findIndex((at) => at < since - CLOCKS_MS || at > until + CLOCKS_MS);
  if (outside < 0) return [];
  const seen = { expected: { from: since, to: until }, value: times[outside] };
  return [
    sighting({ rule: DRIFT_RULES.listWindow, probe, place: `/listing/interactions/${outside}/createdAt`, ...seen }),
  ];
}

/** Comma-separated, repeated, or both. */
export function namesIn(url: string, filter: 'source' | 'channel'): readonly string[] | undefined {
  const named = [...url.matchAll(new RegExp(`[?&]${filter}=([^&]+)`, 'g'))].flatMap(([, names = '']) =>
    names.split(','),
  );
  return named.length === 0 ? undefined : named;
}

/** Epoch ms that a query names. */
export function timeIn(url: string, name: string): number | undefined {
  const found = new RegExp(`[?&]${name}=(\\d+)`).exec(url)?.[1];
  return found === undefined ? undefined : Number(found);
}
