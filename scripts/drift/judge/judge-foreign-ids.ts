import { errorLeak } from '../../../contracts/rules/error-leak.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../sighting.ts';
import { isEnvelope } from './answer/envelope.ts';
import type { RunView } from './run-view.ts';

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi;

/** Ids of a conversation, or of its events, in an error or a header that concerns another one. An error may name what was asked for. */
export function judgeForeignIds({ run: { probes }, distinct, started }: RunView): Sighting[] {
  const owners = new Map<string, number>();
  for (const [chain, conversation] of started) owners.set(conversation.toLowerCase(), chain);
  for (const { id, turns } of distinct)
    for (const { events } of turns) for (const event of events) owners.set(event.id.toLowerCase(), id);
  const isForeign = (probe: Probe) => (found: string) => {
    const owner = owners.get(found.toLowerCase());
    return owner !== undefined && owner !== probe.chain.id && owner !== probe.step.of && !isSent(probe, found);
  };
  return probes.flatMap((probe) => [...inError(probe, isForeign(probe)), ...inHeaders(probe, isForeign(probe))]);
}

function isSent({ exchange: { url, conversation = '' }, step: { body = '' } }: Probe, found: string): boolean {
  return `${url} ${conversation} ${body}`.toLowerCase().includes(found.toLowerCase());
}

function inError(probe: Probe, isForeign: (found: string) => boolean): Sighting[] {
  const { exchange, response } = probe;
  if (exchange.outcome !== 'answered' || (response.status < 400 && !isEnvelope(response.json))) return [];
  const found = exchange.body.match(UUID)?.find(isForeign);
  if (found === undefined) return [];
  const place = `/responses/${response.status}/body/message`;
  return [sighting({ rule: errorLeak, probe, place, expected: { leaks: 'none' }, value: found })];
}

function inHeaders(probe: Probe, isForeign: (found: string) => boolean): Sighting[] {
  return Object.entries(probe.exchange.headers).flatMap(([name, value]) => {
    const found = value.match(UUID)?.find(isForeign);
    if (found === undefined) return [];
    const place = `/responses/${probe.step.expect.condition}/headers/${name}`;
    const at = { place, template: `/responses/*/headers/${name}`, expected: { leaks: 'none' } };
    return [sighting({ rule: DRIFT_RULES.headerPrivate, probe, ...at, value: found })];
  });
}
