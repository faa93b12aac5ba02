import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import { illegibleAt } from './garbled.ts';

/** What an error says is no part of the contract; that it says something that people can read is. */
export function judgeErrorText(probe: Probe): Sighting[] {
  const { json, status } = probe.response;
  const { message } = ((json.ok ? json.value : undefined) ?? {}) as { message?: unknown };
  const said: readonly unknown[] = Array.isArray(message) ? message : [message];
  const sent = probe.step.body ?? '';
  const isBad = (text: unknown): boolean =>
    typeof text === 'string' &&
    illegibleAt(text) >= 0 &&
    !(text !== '' && sent.includes(text.slice(illegibleAt(text))));
  if (said.length > 0 && !said.some(isBad)) return [];
  const value = said.find(isBad) ?? message;
  const place = `/responses/${status}/body/message`;
  return [sighting({ rule: DRIFT_RULES.textGarbled, probe, place, expected: { text: 'readable' }, value })];
}
