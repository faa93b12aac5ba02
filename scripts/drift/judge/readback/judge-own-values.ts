import { PHONE } from '../../../../contracts/person.ts';
import { HIDDEN_E_MAIL } from '../../../../contracts/redact.ts';
import { OWN_ATTRIBUTES } from '../../plan/user-chains.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import { isSecret, textsIn } from '../answer/judge-secrets.ts';
import type { RunView } from '../run-view.ts';

/** What was said, and what articles are called. */
const SAID = ['message', 'subjectPreview', 'usedArticles'];

/** Personal data and secrets in the check's own conversations, of which it sent none: they are somebody else's. */
export function judgeOwnValues({ shown, distinct }: RunView): Sighting[] {
  const answered = distinct.flatMap(({ turns }) =>
    turns.map(({ probe, events }) => ({ probe, body: events as unknown, place: '/responses/200/body' })),
  );
  const own = shown.map(({ probe, conversation, place }) => {
    // Each answer shows it by itself.
    return {
      probe,
      body: conversation as unknown,
      place: place.replace(/^\/(listing|readback)/, '/responses/200/body'),
    };
  });
  return [...answered, ...own].flatMap(({ probe, body, place }) => {
    const { keyShown, personShown, body: text } = probe.exchange;
    if (keyShown !== true && personShown !== true && !text.includes('+')) return [];
    const found = textsIn(body, SAID).find((one) => isPrivate(one.text) && !isOwnAddress(one.place, body));
    if (found === undefined) return [];
    const seen = { place: `${place}${found.place}`, expected: { personalData: 'none' }, value: found.text };
    return [sighting({ rule: DRIFT_RULES.secretShown, probe, ...seen })];
  });
}

/** What the check's own turns say of their customer has an address. */
function isOwnAddress(place: string, body: unknown): boolean {
  const { userAttributes } = body as { userAttributes?: { plan?: unknown } | null };
  return place === '/userAttributes/email' && userAttributes?.plan === OWN_ATTRIBUTES.plan;
}

const isPrivate = (text: string): boolean => text.includes(HIDDEN_E_MAIL) || text.search(PHONE) >= 0 || isSecret(text);
