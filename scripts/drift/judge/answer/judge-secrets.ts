import { encodedTexts } from '../../../../contracts/base64.ts';
import { leakIn, secretAt } from '../../../../contracts/leak.ts';
import { personAt } from '../../../../contracts/person.ts';
import { HIDDEN_KEY } from '../../../../contracts/redact.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';

/** What people say, and what the customer's own system set. */
const OTHERS = ['message', 'subjectPreview', 'userAttributes'];

/** Secrets in a documented value, the first of each place: a token in a link, a key as an id. */
export function judgeSecrets(probe: Probe): Sighting[] {
  const { status, json } = probe.response;
  if (status !== 200 || !json.ok) return [];
  const isKeyShown = probe.exchange.keyShown === true;
  const found = new Map<string, Sighting>();
  for (const { place, text } of textsIn(json.value, OTHERS)) {
    const name = place.slice(place.lastIndexOf('/') + 1);
    const isShown = (isKeyShown && !isCursor(name) && isSecret(text)) || (OF_STATE.includes(name) && isInner(text));
    if (!isShown && !(isCursor(name) && isOpen(text))) continue;
    const seen = { place: `/responses/200/body${place}`, expected: { secrets: 'none' }, value: text };
    const one = sighting({ rule: DRIFT_RULES.secretShown, probe, ...seen });
    if (!found.has(one.template)) found.set(one.template, one);
  }
  return [...found.values()];
}

/** Of few kinds, of which none is a part of the service. */
const OF_STATE = ['source', 'channel', 'status', 'externalId'];
const INNER = ['stack-trace', 'query', 'file-path', 'inner-address'];

const isInner = (text: string): boolean => INNER.includes(leakIn(text)?.kind ?? '');
const isCursor = (name: string): boolean => name === 'nextCursor' || name === 'prevCursor';

/** Whether a cursor can be read by anybody, and shows a part of the service or a person. */
function isOpen(cursor: string): boolean {
  const texts = [cursor, ...encodedTexts(cursor).map(({ decoded }) => decoded)];
  return texts.some((text) => isInner(text) || personAt(text) >= 0);
}

/** The ledger hides some. */
export const isSecret = (text: string): boolean => text.includes(HIDDEN_KEY) || secretAt(text) >= 0;

/** The texts of a body, but of properties of these names. */
export function textsIn(body: unknown, without: readonly string[]): { place: string; text: string }[] {
  const texts: { place: string; text: string }[] = [];
  const waiting = [{ place: '', value: body }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { place, value } = next;
    if (typeof value === 'string') texts.push({ place, text: value });
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value))
        if (!without.includes(name)) waiting.push({ place: `${place}/${name}`, value: item });
  }
  return texts;
}
