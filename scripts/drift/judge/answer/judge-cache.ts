import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';

/** Headers in which caches say that they answered, each of a cache's own name: `x-cache`, `cf-cache-status`, `x-litespeed-cache`. */
const OF_A_CACHE = /(^|-)cache(-(?!control)|$)/;
/** What HTTP says to caches, and who served; a count of hits has no word. */
const HITS: Readonly<Record<string, RegExp>> = {
  age: /^\s*[1-9]\d*\s*$/,
  'cache-status': /;\s*hit\b/i,
  'x-cache-hits': /(^|,)\s*[1-9]\d*/,
  // The request that filled the cache, behind the own one.
  'x-varnish': /^\s*\d+\s+\d+\s*$/,
  'server-timing': /\bcache\b[^,]*;\s*desc="?(hit|stale)/i,
};
const SAYS_HIT = /^[^;]*\b(hit|stale|revalidated)\b/i;

/** Whether a header says that a cache answered. */
export function isHit([name, value]: readonly [string, string]): boolean {
  return HITS[name]?.test(value) ?? (OF_A_CACHE.test(name) && SAYS_HIT.test(value));
}

/** Headers that count: 0 says nothing, and so not every answer of a cache has such a hit. */
const COUNTS: readonly string[] = ['age', 'x-cache-hits'];

/** Whether a cache answered in the place of the service. */
export function judgeCache(probe: Probe): Sighting[] {
  const { headers } = probe.exchange;
  const hits = Object.entries(headers)
    .filter(isHit)
    .map(([name]) => name)
    .sort();
  if (probe.exchange.outcome !== 'answered') return [];
  const name = hits.find((one) => !COUNTS.includes(one)) ?? hits[0];
  if (name === undefined) return judgeStorable(probe);
  const place = `/responses/${probe.step.expect.condition}/headers/${name}`;
  const template = `/responses/*/headers/${name}`;
  const expected = { cached: false };
  return [sighting({ rule: DRIFT_RULES.answerCached, probe, place, template, expected, value: headers[name] })];
}

/** RFC 9111, 3.5: what a request with a key is answered with no shared cache stores, unless the answer says so. */
const STORABLE = /\bpublic\b|\bs-maxage=[1-9]/i;

function judgeStorable(probe: Probe): Sighting[] {
  const value = probe.exchange.headers['cache-control'] ?? '';
  if (!STORABLE.test(value) || /\bno-(store|cache)\b/i.test(value) || probe.step.auth.form === 'none') return [];
  const place = `/responses/${probe.step.expect.condition}/headers/cache-control`;
  const template = '/responses/*/headers/cache-control';
  return [sighting({ rule: DRIFT_RULES.answerCached, probe, place, template, expected: { not: 'public' }, value })];
}
