import { REFERENCE_MARK, referencesIn } from '../../../contracts/reference.ts';
import { crossTalk } from '../../../contracts/rules/cross-talk.ts';
import { type Probe, type Sighting, sighting } from '../sighting.ts';
import { textsIn } from './answer/judge-secrets.ts';
import { pageIn } from './chain-view.ts';
import type { RunView } from './run-view.ts';

/** What people say and what the sender set has rules of its own; a cursor is for the service alone. */
const OTHERS = ['message', 'subjectPreview', 'nextCursor', 'prevCursor', 'userAttributes'];

/** What another conversation of the check said, by its reference, in a property that is not for what is said: a title, a tag, a name. */
export function judgeForeignTexts({ sound, started, run: { plan } }: RunView): Sighting[] {
  const own = new Set(plan.chains.flatMap(({ steps }) => steps.flatMap(({ turn }) => turn?.reference?.run ?? [])));
  const chains = new Map([...started].map(([chain, conversation]) => [conversation, chain]));
  return sound.flatMap((probe) => {
    const { json, status } = probe.response;
    if (!json.ok || !probe.exchange.body.includes(REFERENCE_MARK)) return [];
    const found = textsIn(json.value, OTHERS).find(({ place, text }) => {
      const owner = ownerOf(probe, place, chains);
      return referencesIn(text).some(({ run, conversation }) => own.has(run) && conversation !== owner);
    });
    if (found === undefined) return [];
    const seen = { place: `/responses/${status}/body${found.place}`, expected: { of: 'its own conversation' } };
    return [sighting({ rule: crossTalk, probe, ...seen, value: found.text })];
  });
}

/** The chain whose text may stand at a place: of a listing that of the listed conversation, where the check began it. */
function ownerOf(probe: Probe, place: string, chains: ReadonlyMap<string, number>): number | undefined {
  const [, index] = /^\/interactions\/(\d+)\//.exec(place) ?? [];
  if (index !== undefined) return chains.get(pageIn(probe)?.interactions[Number(index)]?.id ?? '');
  return probe.operation === 'list-agents' ? undefined : (probe.step.of ?? probe.chain.id);
}
