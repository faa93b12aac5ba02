import { codingOf, UNDONE_CODINGS } from '../../../../contracts/content-coding.ts';
import { contentEncodingBroken } from '../../../../contracts/rules/content-encoding-broken.ts';
import { contentEncodingUnread } from '../../../../contracts/rules/content-encoding-unread.ts';
import { kindOf } from '../../../../contracts/status.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';

/** Of k6: a body whose content coding it cannot undo. It gives no status then. */
const UNDECODABLE = 1701;
/** What a decoder says of a legal body that asks more of it than it has: memory, or a dictionary. All else is no body of that coding. */
const TOO_MUCH = /window|dictionary|size|too (big|large)|closed/i;

/** Legal, and in a coding that k6 cannot decode: the answer was not read. */
export function isCoded({ response: { headers, body, json } }: Probe): boolean {
  return codingOf(headers['content-encoding'], body, json.ok) === 'coded';
}

/** What kept an answer from being read, where it is neither load nor a connection. */
export function judgeUnread(probe: Probe): Sighting[] {
  const { outcome, status, errorCode, error } = probe.exchange;
  const place = `/responses/${probe.step.expect.condition}`;
  if (errorCode === UNDECODABLE) {
    const expected = { coding: 'as the body' };
    const isBroken = error !== undefined && !TOO_MUCH.test(error);
    const rule = isBroken ? contentEncodingBroken : DRIFT_RULES.undecodable;
    return [sighting({ rule, probe, place: `${place}/body`, expected, value: error })];
  }
  if (outcome !== 'answered' || kindOf(status) === 'outage' || !isCoded(probe)) return [];
  return [
    sighting({
      rule: contentEncodingUnread,
      probe,
      place: `${place}/headers/content-encoding`,
      expected: { enum: UNDONE_CODINGS },
      value: probe.response.headers['content-encoding'],
    }),
  ];
}
