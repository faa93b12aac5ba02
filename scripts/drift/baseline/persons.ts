import type { DriftBaseline } from '../../../contracts/generated/drift-baseline.ts';
import type { Replies } from '../../../contracts/generated/findings.ts';
import { HIDDEN_E_MAIL } from '../../../contracts/redact.ts';
import { around } from '../../../contracts/unicode.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../sighting.ts';

const LEAST_BASELINES = 3;
const LEAST_REPLIES = 8;
/** An article may name somebody: it takes more than one reply of so many. */
const LEAST_TIMES = 3;
const SHARE = 0.25;

/** Whether a reply names a person that its turn did not name; the ledger hides the address. */
export const namesPerson = ({ exchange }: Probe, message: string): boolean =>
  exchange.personShown === true && message.includes(HIDDEN_E_MAIL);

/** Replies that show addresses of persons, where no reply of the accepted runs did: what an agent knows may hold some. */
export function judgePersons(
  probes: readonly Probe[],
  replies: Pick<Replies, 'mix' | 'persons'> | null,
  baselines: readonly Partial<Pick<DriftBaseline, 'replies'>>[],
): Sighting[] {
  const known = baselines.flatMap(({ replies: accepted }) =>
    accepted?.mix === replies?.mix && (accepted?.persons?.n ?? 0) >= LEAST_REPLIES ? [accepted?.persons?.k ?? 0] : [],
  );
  const { k, n } = replies?.persons ?? { k: 0, n: 0 };
  if (known.length < LEAST_BASELINES || known.some((count) => count > 0)) return [];
  if (k < LEAST_TIMES || k < SHARE * n) return [];
  return probes.flatMap((probe) => {
    const message = probe.step.turn?.role === 'user' ? probe.response.events?.[1]?.message : undefined;
    if (message === undefined || !namesPerson(probe, message)) return [];
    const value = around(message, message.indexOf(HIDDEN_E_MAIL));
    const expected = { persons: 'none' };
    return [
      sighting({ rule: DRIFT_RULES.replyPerson, probe, place: '/responses/200/body/1/message', expected, value }),
    ];
  });
}
