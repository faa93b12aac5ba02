import { DRIFT_RULES } from '../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../sighting.ts';

/** One broken connection may be the network's. */
const LEAST = 2;
const UNDECODABLE = 1701;

/** Answers that came to no end, again and again. Where nothing comes any more, that is an outage. */
export function judgeTransport(probes: readonly Probe[]): Sighting[] {
  const lastAnswer = probes.reduce((last, { exchange }, index) => (exchange.outcome === 'answered' ? index : last), -1);
  const broken = probes.filter(
    ({ exchange: { outcome, errorCode, body } }, index) =>
      outcome === 'lost' && errorCode !== UNDECODABLE && (body !== '' || index < lastAnswer),
  );
  if (broken.length < LEAST) return [];
  return broken.map((probe) =>
    sighting({
      rule: DRIFT_RULES.answerCutOff,
      probe,
      place: `/responses/${probe.step.expect.condition}/body`,
      template: '/responses/*/body',
      expected: { complete: true },
      value: probe.exchange.body || (probe.exchange.error ?? ''),
    }),
  );
}
