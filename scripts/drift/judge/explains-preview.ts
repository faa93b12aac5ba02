import { crossTalk } from '../../../contracts/rules/cross-talk.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import type { Group } from '../sighting.ts';

/** What is wrong with a message, and what its conversation's preview then shows. */
const SHOWN_AS: Readonly<Record<string, string>> = {
  [crossTalk.id]: DRIFT_RULES.foreignAttributes.id,
  'echo-mismatch': DRIFT_RULES.textGarbled.id,
  [DRIFT_RULES.readbackAltered.id]: DRIFT_RULES.textGarbled.id,
};

/** A preview shows the words of a message: another conversation's, or encoded once more, where the message is. */
export const isOfMessage = ({ sightings: [a] }: Group, { sightings }: Group): boolean =>
  sightings.every(({ rule, template }) => rule === SHOWN_AS[a?.rule ?? ''] && template.endsWith('/subjectPreview'));
