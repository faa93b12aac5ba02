import { secretAt } from '../../../../contracts/leak.ts';
import { HIDDEN_KEY } from '../../../../contracts/redact.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';

/** What people say, what only the service reads, and what the customer's own system set. */
const OTHERS = ['message', 'subjectPreview', 'nextCursor', 'prevCursor', 'userAttributes'];

/** Secrets in a documented value, the first of each place: a token in a link, a key as an id. */
export function judgeSecrets(probe: Probe): Sighting[] {
  const { status, json } = probe.response;
  if (probe.exchange.keyShown !== true || status !== 200 || !json.ok) return [];
  const found = new Map<string, Sighting>();
  for (const { place, text } of textsIn(json.value, OTHERS)) {
    if (!isSecret(text)) continue;
    const seen = { place: `/responses/200/body${place}`, expected: { secrets: 'none' }, value: text };
    const one = sighting({ rule: DRIFT_RULES.secretShown, probe, ...seen });
    if (!found.has(one.template)) found.set(one.template, one);
  }
  return [...found.values()];
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
