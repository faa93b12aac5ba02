/** Which request of a run. */
interface Place {
  readonly conversation: number;
  readonly turn: number;
  readonly attempt: number;
}

const DIGITS = 8;
const TOO_LARGE = 16 ** DIGITS;

/** Eight digits: a ninth in front fills up with zeros, at half the CPU of padding. */
const hex = (value: number): string => (TOO_LARGE + (value % TOO_LARGE)).toString(16).slice(1);

/** Never all zeros, which W3C Trace Context forbids. */
const placeOf = ({ conversation, turn, attempt }: Place): string =>
  `${hex(conversation)}${hex((turn % 0x10000) * 0x10000 + ((attempt + 1) % 0x10000))}`;

/** What all trace ids of a run begin with: the first 16 hexadecimal digits of its id. */
export const tracePrefix = (runId: string): string =>
  runId
    .replace(/[^0-9a-fA-F]/g, '')
    .toLowerCase()
    .padEnd(16, '0')
    .slice(0, 16);

/**
 * The trace id of a turn. It follows from the run's id, the conversation, the turn and the attempt, all of which the ledger
 * has, so that no line need carry it; and in a trace one can read which turn it is of.
 */
export const traceId = (prefix: string, place: Place): string => `${prefix}${placeOf(place)}`;

/** The header `traceparent` of a turn (W3C Trace Context, version 00, sampled). */
export function traceparent(prefix: string, place: Place): string {
  const id = placeOf(place);
  return `00-${prefix}${id}-${id}-01`;
}
