import { isWellFormed } from '../../../../contracts/unicode.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import { textsIn } from './judge-secrets.ts';

/** Texts of what was listed or read that have half a character, the first of each place; of turns the contract says it. */
export function judgeUnicode(probe: Probe): Sighting[] {
  const { status, json } = probe.response;
  if (probe.operation === 'generate-answer' || !json.ok || !/\\u[dD][89a-fA-F]/.test(probe.exchange.body)) return [];
  const found = new Map<string, Sighting>();
  for (const { place, text } of textsIn(json.value, [])) {
    if (isWellFormed(text)) continue;
    const seen = { place: `/responses/${status}/body${place}`, expected: { unicode: 'well-formed' }, value: text };
    const one = sighting({ rule: DRIFT_RULES.textGarbled, probe, ...seen });
    if (!found.has(one.template)) found.set(one.template, one);
  }
  return [...found.values()];
}
