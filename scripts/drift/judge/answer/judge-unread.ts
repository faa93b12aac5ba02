import { codingOf, UNDONE_CODINGS } from '../../../../contracts/content-coding.ts';
import { contentEncodingUnread } from '../../../../contracts/rules/content-encoding-unread.ts';
import { kindOf } from '../../../../contracts/status.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';

/** Of k6: a body whose content coding it cannot undo. It gives no status then. */
const UNDECODABLE = 1701;

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
    return [sighting({ rule: DRIFT_RULES.undecodable, probe, place: `${place}/body`, expected, value: error })];
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
