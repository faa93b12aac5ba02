import { errorLeak } from '../../../../contracts/rules/error-leak.ts';
import { kindOf } from '../../../../contracts/status.ts';
import type { Probe, Sighting } from '../../sighting.ts';
import { isEnvelope } from './envelope.ts';
import { judgeCache } from './judge-cache.ts';
import { newHeaders } from './judge-headers.ts';
import { judgeLeak } from './judge-leak.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { judgeSuccess, judgeUndecodable } from './judge-success.ts';
import { judgeUnavailable } from './judge-unavailable.ts';

/** Of k6: a body whose content-encoding it cannot undo. */
const UNDECODABLE = 1701;

/** Whether an answer came that says something of the contract, rather than of load, proxies or connections. */
export function isJudged({ exchange: { outcome, status, errorCode, unkept } }: Probe): boolean {
  if (errorCode === UNDECODABLE) return true;
  if (unkept !== undefined) return false;
  return outcome === 'answered' && kindOf(status) !== 'outage';
}

/** Everything that one exchange shows by itself. */
export function judgeExchange(probe: Probe): Sighting[] {
  const leaks = judgeLeak(probe);
  const found = isJudged(probe) ? judgeAnswer(probe) : judgeUnavailable(probe);
  // The contract knows less of what was sent.
  return [...leaks, ...judgeCache(probe), ...found.filter(({ rule }) => rule !== errorLeak.id)];
}

function judgeAnswer(probe: Probe): Sighting[] {
  if (probe.exchange.errorCode === UNDECODABLE) return judgeUndecodable(probe);
  const found = isSuccessDue(probe) ? judgeSuccess(probe) : judgeRefusal(probe);
  const isBroken = found.some(({ rule }) => rule !== 'response-property-added');
  return isBroken ? found : [...found, ...newHeaders(probe)];
}

/** Whether the answer is held against what a success must be. */
function isSuccessDue({ exchange: { status }, step, response }: Probe): boolean {
  const { statuses } = step.expect;
  if (!statuses.includes(status)) return statuses.every((one) => one < 300);
  // Where a refusal would be as good, an error with a success status is still no success.
  const isOpen = statuses.some((one) => one >= 400);
  return status < 300 && !(isOpen && isEnvelope(response.json));
}
