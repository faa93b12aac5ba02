import { FAILING_CLASSES } from '../../../contracts/violation.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import type { Sighting } from '../sighting.ts';
import { lastOf } from './place.ts';

const { errorStatusChanged, relationChanged } = DRIFT_RULES;

/** Rules on what is stored and shown at all: where they are broken, values that are compared elsewhere differ, too. */
const OF_WHAT_IS_SHOWN =
  /^(persistence|continuation|readback|listed|listing|foreign|paging|event-|echo|cross-talk|timestamp|sequence|conversation|agent|answer-cached|reply-(role|missing))/;

/** Whether that two values do not agree follows from what is wrong with one of them. */
export function explainsRelation(a: Sighting, b: Sighting): boolean {
  if (b.rule !== relationChanged.id) return false;
  return isFailing(a) && (lastOf(a) === lastOf(b) || OF_WHAT_IS_SHOWN.test(a.rule) || isOfStatus(a, b));
}

/** Under another status, an error says what it said under the one before. */
const isOfStatus = (a: Sighting, b: Sighting): boolean =>
  a.rule === errorStatusChanged.id && b.template.startsWith(`#/responses/${a.observed.sample}/body/`);

const isFailing = ({ class: cls, notice }: Sighting): boolean => FAILING_CLASSES.includes(cls) && !notice;
