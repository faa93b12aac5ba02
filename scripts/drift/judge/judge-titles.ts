import { DRIFT_RULES } from '../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../sighting.ts';
import { illegibleAt } from './answer/garbled.ts';
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
  const bad = new Set([...texts].filter((text) => illegibleAt(text) >= 0));
  if (bad.size < LEAST_TEXTS || bad.size < HALF * texts.size) return [];
  const rule = DRIFT_RULES.textGarbled;
  return sound
    .flatMap(textsIn)
    .filter(({ text }) => bad.has(text))
    .map(({ probe, place, text }) => sighting({ rule, probe, place, expected: { text: 'readable' }, value: text }));
}

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
