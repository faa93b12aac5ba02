import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';

/** Headers by which caches say that they answered. */
const HITS: Readonly<Record<string, RegExp>> = {
  age: /^\s*[1-9]\d*\s*$/,
  'x-cache': /\bhit\b/i,
  'cf-cache-status': /^\s*(hit|stale|revalidated)\b/i,
  'x-cache-status': /^\s*(hit|stale)\b/i,
  'x-proxy-cache': /^\s*hit\b/i,
  'x-varnish-cache': /^\s*hit\b/i,
  'cache-status': /;\s*hit\b/i,
  'x-cache-hits': /(^|,)\s*[1-9]\d*/,
};

/** Whether a cache answered in the place of the service. */
export function judgeCache(probe: Probe): Sighting[] {
  const { headers } = probe.exchange;
  const hit = Object.entries(HITS).find(([name, pattern]) => pattern.test(headers[name] ?? ''));
  if (hit === undefined || probe.exchange.outcome !== 'answered') return [];
  const [name] = hit;
  const place = `/responses/${probe.step.expect.condition}/headers/${name}`;
  const template = `/responses/*/headers/${name}`;
  const expected = { cached: false };
  return [sighting({ rule: DRIFT_RULES.answerCached, probe, place, template, expected, value: headers[name] })];
}
