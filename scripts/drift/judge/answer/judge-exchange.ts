import { checkExposure } from '../../../../contracts/check.ts';
import { apiKeyExposed } from '../../../../contracts/rules/api-key-exposed.ts';
import { errorLeak } from '../../../../contracts/rules/error-leak.ts';
import { kindOf } from '../../../../contracts/status.ts';
import type { Probe, Sighting } from '../../sighting.ts';
import { isEnvelope } from './envelope.ts';
import { judgeCache } from './judge-cache.ts';
import { newHeaders } from './judge-headers.ts';
import { judgeLeak } from './judge-leak.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { judgeSuccess } from './judge-success.ts';
import { judgeUnavailable } from './judge-unavailable.ts';
import { isCoded, judgeUnread } from './judge-unread.ts';
import { checkedTurn, sightingsOf } from './violations.ts';

/** Whether an answer came that says something of the contract, rather than of load, proxies or connections. */
export function isJudged(probe: Probe): boolean {
  const { outcome, status, unkept } = probe.exchange;
  return outcome === 'answered' && unkept === undefined && kindOf(status) !== 'outage' && !isCoded(probe);
}

/** Everything that one exchange shows by itself. */
export function judgeExchange(probe: Probe): Sighting[] {
  // A key is never shown, whatever else an answer is.
  const exposed = sightingsOf(probe, checkExposure(checkedTurn(probe), probe.response));
  const leaks = exposed.length > 0 ? [] : judgeLeak(probe);
  const found = isJudged(probe) ? judgeRead(probe) : [...judgeUnread(probe), ...judgeUnavailable(probe)];
  // The contract knows less of what was sent.
  const told = [apiKeyExposed.id, errorLeak.id];
  return [...exposed, ...leaks, ...judgeCache(probe), ...found.filter(({ rule }) => !told.includes(rule))];
}

function judgeRead(probe: Probe): Sighting[] {
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
