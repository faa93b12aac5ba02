import { duration } from '../foundation/text/format.ts';
import { type Diagnosis, notice, ok } from './diagnosis.ts';

/** The Date header is cut to whole seconds. */
const DATE_STEP_MS = 1_000;
/** Beyond this an audit may look for conversations at the wrong time. */
const SKEW_MS = 30_000;

/**
 * Whether this machine's clock agrees with the service's.
 * @param date the Date header of an answer
 * @param atMs the middle between request and answer, epoch ms
 * @param uncertaintyMs half the time between them
 */
export function clockFinding(date: string | null, atMs: number, uncertaintyMs: number): Diagnosis {
  const server = Date.parse(date ?? '');
  if (Number.isNaN(server)) return notice('clock', 'the service sends no Date header', 'nothing');
  const ahead = server + DATE_STEP_MS / 2 - atMs;
  const give = uncertaintyMs + DATE_STEP_MS / 2;
  if (Math.abs(ahead) <= give) return ok('clock', `agrees with the service's, to ${duration(give)}`);
  const text = `${duration(Math.abs(ahead))} ${ahead > 0 ? 'behind' : 'ahead of'} the service's, give or take ${duration(give)}`;
  return Math.abs(ahead) > SKEW_MS ? notice('clock', text, 'set it by NTP') : ok('clock', text);
}
