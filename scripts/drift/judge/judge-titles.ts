import { leakIn } from '../../../contracts/leak.ts';
import { personAt } from '../../../contracts/person.ts';
import { HIDDEN_E_MAIL } from '../../../contracts/redact.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import { type DriftRule, type Probe, type Sighting, sighting } from '../sighting.ts';
import { illegibleAt } from './answer/garbled.ts';
import { serialisedAt } from './answer/serialised.ts';
import { agentsIn } from './chain-view.ts';
import { shownEvents } from './shown-events.ts';

/** A text that its customer wrote may be anything: it takes more than one, and half of all different ones. */
const LEAST_TEXTS = 2;
const HALF = 0.5;

interface Title {
  readonly probe: Probe;
  readonly place: string;
  readonly text: string;
}

/** Titles of articles and names of agents that nobody can read. */
export function judgeTitles(sound: readonly Probe[]): Sighting[] {
  return [...judgeTexts(sound, titlesIn), ...judgeTexts(sound, namesIn)];
}

function judgeTexts(sound: readonly Probe[], textsIn: (probe: Probe) => Title[]): Sighting[] {
  const texts = new Set<string>();
  for (const probe of sound) for (const { text } of textsIn(probe)) texts.add(text);
  const of = (isBad: (text: string) => boolean, seen: Pick<Sighting, 'expected'> & { rule: DriftRule }): Sighting[] => {
    const bad = new Set([...texts].filter(isBad));
    if (bad.size < LEAST_TEXTS || bad.size < HALF * texts.size) return [];
    const shown = sound.flatMap(textsIn).filter(({ text }) => bad.has(text));
    return shown.map(({ probe, place, text }) => sighting({ ...seen, probe, place, value: text }));
  };
  const inner = of(isInner, { rule: DRIFT_RULES.secretShown, expected: { leaks: 'none' } });
  const isGarbled = (text: string): boolean => illegibleAt(text) >= 0 || serialisedAt(text) >= 0;
  const garbled = { rule: DRIFT_RULES.textGarbled, expected: { text: 'readable' } };
  return inner.length > 0 ? inner : of(isGarbled, garbled);
}

/** Where a file or a host of the service is, or how to reach a person: a title of one article may be of such, and hardly half of them. */
const isInner = (text: string): boolean =>
  text.includes(HIDDEN_E_MAIL) ||
  personAt(text) >= 0 ||
  ['file-path', 'inner-address'].includes(leakIn(text)?.kind ?? '');

function titlesIn(probe: Probe): Title[] {
  return shownEvents(probe).flatMap(({ event: { usedArticles }, place }) =>
    usedArticles.map(({ title }, at) => ({ probe, place: `${place}/usedArticles/${at}/title`, text: title })),
  );
}

function namesIn(probe: Probe): Title[] {
  return (agentsIn(probe) ?? []).map(({ name }, index) => ({
    probe,
    place: `/responses/200/body/${index}/name`,
    text: name,
  }));
}
