import { violation } from '../../../../contracts/breach.ts';
import { leakPlace, saysMark } from '../../../../contracts/leak-place.ts';
import { HIDDEN_E_MAIL, HIDDEN_KEY } from '../../../../contracts/redact.ts';
import { referencesIn, referenceText } from '../../../../contracts/reference.ts';
import { errorLeak } from '../../../../contracts/rules/error-leak.ts';
import { around } from '../../../../contracts/unicode.ts';
import type { Probe, Sighting } from '../../sighting.ts';
import { isEnvelope } from './envelope.ts';
import { sightingsOf } from './violations.ts';

/** What an error shows that no error should, whatever its status: the contract judges the documented ones only. */
export function judgeLeak(probe: Probe): Sighting[] {
  const { exchange, response, step } = probe;
  const { status, body, json } = response;
  if (exchange.outcome !== 'answered' || (status < 400 && !isEnvelope(json))) return [];
  const leak = leakPlace(body, json, step.body ?? '');
  // The ledger hides secrets and addresses: that there was one it says.
  const hidden = Math.max(
    exchange.keyShown === true ? body.indexOf(HIDDEN_KEY) : -1,
    exchange.personShown === true && saysMark(body, json, HIDDEN_E_MAIL) ? body.indexOf(HIDDEN_E_MAIL) : -1,
  );
  const seen = leak ?? ofOthers(probe) ?? (hidden < 0 ? undefined : { path: ['body'], text: body, at: hidden });
  if (seen === undefined) return [];
  const { path, text, at } = seen;
  return sightingsOf(probe, [
    violation(errorLeak, status, { path, expected: { leaks: 'none' }, value: around(text, at) }),
  ]);
}

/** What was said in another conversation: every turn's content has a reference of its own, and an error may quote its request. */
function ofOthers({ response: { body }, step }: Probe) {
  const foreign = referencesIn(body)
    .map(referenceText)
    .find((reference) => step.body?.includes(reference) !== true);
  return foreign === undefined ? undefined : { path: ['body'], text: body, at: body.indexOf(foreign) };
}
