import { DRIFT_RULES, sighting } from '../rules.ts';
import type { Sighting } from '../sighting.ts';
import type { Page } from './judge-listed.ts';

/** The service may take its times from another clock than the one that asked. */
const CLOCKS_MS = 5_000;
/** Filters that probes name and that nothing can fit. */
const NOTHING_FITS = /[?&](agentId=ffffffff-0000-4000|source=no-such|channel=no-such)/;

/** Whether a page holds only what its request asked for, and something of the agent that is known to have conversations. */
export function judgeQuery({ probe, page: { interactions } }: Page, ownAgent?: string): Sighting[] {
  const { url } = probe.exchange;
  if (ownAgent !== undefined && url.includes(`agentId=${ownAgent}`) && interactions.length === 0)
    return [sighting(DRIFT_RULES.listFilter, probe, '/listing/interactions', { minItems: 1 }, 0)];
  if (NOTHING_FITS.test(url)) {
    if (interactions.length === 0) return [];
    const expected = { maxItems: 0 };
    return [sighting(DRIFT_RULES.listFilter, probe, '/listing/interactions', expected, interactions.length)];
  }
  const since = timeIn(url, 'since') ?? Number.NEGATIVE_INFINITY;
  const until = timeIn(url, 'until') ?? Number.POSITIVE_INFINITY;
  const outside = interactions.findIndex(({ createdAt }) => {
    const at = typeof createdAt === 'number' ? createdAt : Date.parse(createdAt);
    return at < since - CLOCKS_MS || at > until + CLOCKS_MS;
  });
  if (outside < 0) return [];
  const place = `/listing/interactions/${outside}/createdAt`;
  const template = '/listing/interactions/*/createdAt';
  const value = interactions[outside]?.createdAt;
  return [sighting(DRIFT_RULES.listWindow, probe, place, { from: since, to: until }, value, template)];
}

function timeIn(url: string, name: string): number | undefined {
  const found = new RegExp(`[?&]${name}=(\\d+)`).exec(url)?.[1];
  return found === undefined ? undefined : Number(found);
}
