import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import { leakIn } from '../../../../contracts/leak.ts';
import { PHONE } from '../../../../contracts/person.ts';
import { tellsOfCustomer } from '../../../../contracts/private-value.ts';
import { HIDDEN_E_MAIL } from '../../../../contracts/redact.ts';
import { OWN_ATTRIBUTES } from '../../plan/user-chains.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import { isSecret, textsIn } from '../answer/judge-secrets.ts';
import { PERSONAL_ADDRESS } from '../drift-run.ts';
import type { RunView } from '../run-view.ts';
import { placeInAnswer } from './shown-conversations.ts';

/** Where articles are, of which none is of one customer. */
const addressesIn = (body: unknown): ReturnType<typeof textsIn> =>
  textsIn(body, ['message', 'subjectPreview', 'userAttributes']).filter(({ place }) => place.endsWith('/documentUrl'));

/** What was said, and what articles are called. */
const SAID = ['message', 'subjectPreview', 'usedArticles'];

/** A preview is cut, and ends otherwise than the message. */
const PREVIEWED = 20;

/** Personal data and secrets in the check's own conversations, of which it sent none: they are somebody else's. */
export function judgeOwnValues({ shown, distinct }: RunView): Sighting[] {
  const answered = distinct.flatMap(({ turns }) =>
    turns.map(({ probe, events }) => ({ probe, body: events as unknown, place: '/responses/200/body' })),
  );
  const own = shown.map(({ probe, conversation, place }) => ({
    probe,
    body: conversation as unknown,
    place: placeInAnswer(place),
  }));
  return [...answered, ...own].flatMap(({ probe, body, place }) => {
    const { keyShown, personShown, body: text } = probe.exchange;
    const isQuiet = keyShown !== true && personShown !== true && !text.includes('+');
    const shownHere = isQuiet
      ? undefined
      : (textsIn(body, SAID).find((one) => isPrivate(one.text) && !isOwnAddress(one.place, body)) ??
        addressesIn(body).find(({ text: address }) => address.startsWith(PERSONAL_ADDRESS)));
    const found = shownHere ?? unsentIn(body) ?? promptIn(body);
    if (found === undefined) return [];
    const seen = { place: `${place}${found.place}`, expected: { personalData: 'none' }, value: found.text };
    return [sighting({ rule: DRIFT_RULES.secretShown, probe, ...seen })];
  });
}

/** A preview that is not what somebody said first, and that says what a prompt says. */
function promptIn(body: unknown): { place: string; text: string } | undefined {
  const { subjectPreview: text, events } = body as Partial<Conversation>;
  if (typeof text !== 'string' || leakIn(text)?.kind !== 'prompt') return undefined;
  const isSaid = events?.some(({ message }) => message.includes(text.slice(0, PREVIEWED)));
  return isSaid === true ? undefined : { place: '/subjectPreview', text };
}

/** An attribute that no turn of the check sent, and that says more of somebody than a service should. */
function unsentIn(body: unknown): { place: string; text: string } | undefined {
  const attributes = (body as { userAttributes?: Readonly<Record<string, unknown>> | null }).userAttributes ?? {};
  const unsent = Object.entries(attributes).filter(([name]) => !(name in OWN_ATTRIBUTES));
  const waiting = unsent.map(([name, value]) => ({ place: `/userAttributes/${name}`, name, value, depth: 0 }));
  // Goes on with what is added meanwhile.
  for (const { place, name, value, depth } of waiting) {
    if (tellsOfCustomer(name, value)) return { place, text: String(value) };
    if (typeof value !== 'object' || value === null || depth > DEEPEST) continue;
    for (const [inner, item] of Object.entries(value))
      waiting.push({
        place: `${place}/${inner}`,
        name: Array.isArray(value) ? name : inner,
        value: item,
        depth: depth + 1,
      });
  }
  return undefined;
}

const DEEPEST = 6;

/** What the check's own turns say of their customer has an address. */
function isOwnAddress(place: string, body: unknown): boolean {
  const { userAttributes } = body as { userAttributes?: { plan?: unknown } | null };
  return place === '/userAttributes/email' && userAttributes?.plan === OWN_ATTRIBUTES.plan;
}

const isPrivate = (text: string): boolean => text.includes(HIDDEN_E_MAIL) || text.search(PHONE) >= 0 || isSecret(text);
