import type { DriftBaseline } from '../../../contracts/generated/drift-baseline.ts';
import type { Replies } from '../../../contracts/generated/findings.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../sighting.ts';

/** Fewer replies may begin or end alike by chance. */
const LEAST_REPLIES = 8;
const LEAST_BASELINES = 3;
/** So many characters more, or fewer, than in any accepted run: a tag and its end, a word. */
const LEAST_CHARS = 6;

/** How many characters all of several texts begin and end with alike. */
type Affix = NonNullable<Replies['affix']>;

/** Undefined for few texts, and for texts that are all the same. */
export function affixOf(texts: readonly string[]): Affix | undefined {
  const [first, ...others] = new Set(texts);
  if (first === undefined || others.length === 0 || texts.length < LEAST_REPLIES) return undefined;
  const common = (at: (text: string, index: number) => string | undefined): number => {
    let length = 0;
    while (length < first.length && others.every((text) => at(text, length) === at(first, length))) length += 1;
    return length;
  };
  const before = common((text, index) => text[index]);
  const after = common((text, index) => text[text.length - 1 - index]);
  return { before, after };
}

/** Replies that all begin or end with a text that no accepted run had, or that have lost the one that each had. */
export function judgeAffix(
  probes: readonly Probe[],
  replies: Pick<Replies, 'mix' | 'affix'> | null,
  baselines: readonly Partial<Pick<DriftBaseline, 'replies'>>[],
): Sighting[] {
  const own = replies?.affix;
  const known = baselines.flatMap(({ replies: accepted }) =>
    accepted?.mix === replies?.mix && accepted?.affix !== undefined ? [accepted.affix] : [],
  );
  if (own === undefined || known.length < LEAST_BASELINES) return [];
  const [sum, sums] = [lengthOf(own), known.map(lengthOf)];
  const isNew = sum >= Math.max(...sums) + LEAST_CHARS;
  const isLost = sum + LEAST_CHARS <= Math.min(...sums);
  if (!isNew && !isLost) return [];
  const place = '/responses/200/body/1/message';
  const expected = { commonCharacters: isNew ? Math.max(...sums) : Math.min(...sums) };
  return probes.flatMap((probe) => {
    const message = probe.step.turn?.role === 'user' ? probe.response.events?.[1]?.message : undefined;
    if (message === undefined) return [];
    const value = isNew ? shared(message, own) : message;
    return [sighting({ rule: DRIFT_RULES.replyAffix, probe, place, expected, value })];
  });
}

const lengthOf = ({ before, after }: Affix): number => before + after;

const shared = (message: string, { before, after }: Affix): string =>
  [message.slice(0, before), message.slice(message.length - after)].filter(Boolean).join(' … ');
