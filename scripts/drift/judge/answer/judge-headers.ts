import { encodedTexts } from '../../../../contracts/base64.ts';
import { areOfProxies, isNamedAsSecret } from '../../../../contracts/cookie.ts';
import { keyPattern } from '../../../../contracts/key-pattern.ts';
import { leakIn } from '../../../../contracts/leak.ts';
import { personAt } from '../../../../contracts/person.ts';
import { isPrivate } from '../../../../contracts/private-value.ts';
import { isKnownHeader } from '../../plan/headers.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import { isHit } from './judge-cache.ts';

const COOKIE = 'set-cookie';

/** Headers that neither the reference nor HTTP knows, each by its name; names that differ by an id are one. */
export function newHeaders(probe: Probe): Sighting[] {
  const { condition } = probe.step.expect;
  const { headers } = probe.exchange;
  const isNew = (name: string): boolean =>
    !isKnownHeader(name) &&
    !OF_AN_END.includes(name) &&
    !isHit([name, headers[name] ?? '']) &&
    !(name === COOKIE && areOfProxies(headers[name] ?? ''));
  const names = Object.keys(headers).filter(isNew);
  const patterns = new Map(names.map((name) => [keyPattern(name), name]));
  return [
    ...announcedEnd(probe),
    ...leakyHeaders(probe),
    ...[...patterns].map(([pattern, name]) =>
      sighting({
        rule: isPrivateHeader(name, headers[name]) ? DRIFT_RULES.headerPrivate : DRIFT_RULES.headerAdded,
        probe,
        place: `/responses/${condition}/headers/${name}`,
        template: `/responses/*/headers/${pattern}`,
        expected: { type: 'absent' },
        value: probe.exchange.headers[name],
      }),
    ),
  ];
}

/** Of cookies the ledger keeps the names, and that of a session is meant for the client that gets it. */
const isPrivateHeader = (name: string, value = ''): boolean =>
  name === COOKIE ? isNamedAsSecret(value) : isPrivate(name, value);

/** Proxies may name each other. */
const OF_PROXIES = ['inner-address', 'person'];

/** Headers of HTTP and of proxies that show what no answer should. */
function leakyHeaders(probe: Probe): Sighting[] {
  return Object.entries(probe.exchange.headers).flatMap(([name, value]) => {
    const leak = isKnownHeader(name) && name !== COOKIE ? leakIn(value) : undefined;
    // What names a person as Base64 was made to name them.
    const isHidden = leak?.kind === 'person' && encodedTexts(value).some(({ decoded }) => personAt(decoded) >= 0);
    if (leak === undefined || (OF_PROXIES.includes(leak.kind) && !isHidden)) return [];
    const place = `/responses/${probe.step.expect.condition}/headers/${name}`;
    const template = `/responses/*/headers/${name}`;
    return [sighting({ rule: DRIFT_RULES.headerPrivate, probe, place, template, expected: { leaks: 'none' }, value })];
  });
}

/** RFC 9745 and RFC 8594: that the operation is deprecated, and when it ends. A warning 299 (RFC 7234, 5.5.7) is the service's own. */
const OF_AN_END: readonly string[] = ['deprecation', 'sunset'];

/** One finding, with the date. */
function announcedEnd(probe: Probe): Sighting[] {
  const { headers } = probe.exchange;
  const named = [
    ...OF_AN_END.filter((name) => headers[name] !== undefined),
    ...(/^\s*299\b/.test(headers.warning ?? '') ? ['warning'] : []),
  ];
  const [first] = named;
  if (first === undefined) return [];
  return [
    sighting({
      rule: DRIFT_RULES.endAnnounced,
      probe,
      place: `/responses/${probe.step.expect.condition}/headers/${first}`,
      template: `/responses/*/headers/${first}`,
      expected: { type: 'absent' },
      value: named.map((name) => `${name}: ${headers[name]}`).join('; '),
    }),
  ];
}
