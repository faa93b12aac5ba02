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
  if (probe.exchange.outcome !== 'answered') return [];
  if (hit === undefined) return judgeStorable(probe);
  const [name] = hit;
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
