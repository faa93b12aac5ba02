import { isDegenerate } from '../../../../contracts/degenerate.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import { illegibleAt } from './garbled.ts';
import { serialisedAt } from './serialised.ts';

/** So much of what a request sent is a quotation. */
const QUOTED = 24;

/** What an error says is no part of the contract; that it says something that people can read is. */
export function judgeErrorText(probe: Probe): Sighting[] {
  const { json, status } = probe.response;
  const envelope = ((json.ok ? json.value : undefined) ?? {}) as { message?: unknown; error?: unknown };
  const bad = (['message', 'error'] as const).find((name) => badIn(envelope[name], probe) !== undefined);
  if (bad === undefined) return [];
  const place = `/responses/${status}/body/${bad}`;
  const value = badIn(envelope[bad], probe);
  return [sighting({ rule: DRIFT_RULES.textGarbled, probe, place, expected: { text: 'readable' }, value })];
}

/** The first text that nobody can read, or the list that has none. */
function badIn(said: unknown, probe: Probe): unknown {
  const texts: readonly unknown[] = Array.isArray(said) ? said : [said];
  return texts.length === 0 ? said : texts.find((text) => typeof text === 'string' && isBad(text, probe));
}

function isBad(text: string, { step, exchange: { conversation = '' } }: Probe): boolean {
  const body = (step.body ?? '').replaceAll('{conversation}', conversation);
  const isQuoted = (at: number): boolean => {
    const part = text.slice(at, at + QUOTED);
    return part.trim() !== '' && (body.includes(part) || body.includes(JSON.stringify(part).slice(1, -1)));
  };
  if (isDegenerate(text) && !isDegenerate(body)) return true;
  return [illegibleAt(text), serialisedAt(text)].some((at) => at >= 0 && !isQuoted(at));
}
