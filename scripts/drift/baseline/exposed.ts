import type { DriftBaseline } from '../../../contracts/generated/drift-baseline.ts';
import type { Replies } from '../../../contracts/generated/findings.ts';
import { type LeakKind, leakIn } from '../../../contracts/leak.ts';
import { HIDDEN_E_MAIL } from '../../../contracts/redact.ts';
import { proseOf } from '../../../contracts/reply.ts';
import { around } from '../../../contracts/unicode.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import { type DriftRule, type Probe, type Sighting, sighting } from '../sighting.ts';

const LEAST_BASELINES = 3;
const LEAST_REPLIES = 8;
/** An article may name somebody, or a file: it takes more than one reply of so many. */
const LEAST_TIMES = 3;
const SHARE = 0.25;

/** What replies of some agents hold on purpose, and those of others never. */
interface Exposed {
  readonly name: 'persons' | 'inner';
  readonly rule: DriftRule;
  readonly expected: Sighting['expected'];
  /** Where a reply shows it, or -1. */
  readonly at: (probe: Probe, message: string) => number;
}

const EXPOSED: readonly Exposed[] = [
  { name: 'persons', rule: DRIFT_RULES.replyPerson, expected: { persons: 'none' }, at: personIn },
  { name: 'inner', rule: DRIFT_RULES.replyInner, expected: { leaks: 'none' }, at: innerIn },
];

/** A person whom the turn did not name; the ledger hides the address. */
function personIn({ exchange }: Probe, message: string): number {
  return exchange.personShown === true ? message.indexOf(HIDDEN_E_MAIL) : -1;
}

const INNER: readonly LeakKind[] = ['stack-trace', 'query', 'file-path', 'inner-address'];

/** Parts of a service: its code, queries, files and network. Help desks of technical products write of such. */
function innerIn({ step }: Probe, message: string): number {
  const leak = leakIn(proseOf(message), step.turn?.content ?? '');
  return leak !== undefined && INNER.includes(leak.kind) ? leak.at : -1;
}

/** What a reply shows of these. */
export function exposedIn(probe: Probe, message: string): Readonly<Record<Exposed['name'], boolean>> {
  return { persons: personIn(probe, message) >= 0, inner: innerIn(probe, message) >= 0 };
}

/** Replies that show what no reply of the accepted runs did. */
export function judgeExposed(
  probes: readonly Probe[],
  replies: Pick<Replies, 'mix' | Exposed['name']> | null,
  baselines: readonly Partial<Pick<DriftBaseline, 'replies'>>[],
): Sighting[] {
  return EXPOSED.filter(({ name }) => isNew(name, replies, baselines)).flatMap(({ rule, expected, at }) =>
    probes.flatMap((probe) => {
      const message = probe.step.turn?.role === 'user' ? probe.response.events?.[1]?.message : undefined;
      const place = message === undefined ? -1 : at(probe, message);
      if (message === undefined || place < 0) return [];
      const seen = { place: '/responses/200/body/1/message', expected, value: around(message, place) };
      return [sighting({ rule, probe, ...seen })];
    }),
  );
}

function isNew(
  name: Exposed['name'],
  replies: Pick<Replies, 'mix' | Exposed['name']> | null,
  baselines: readonly Partial<Pick<DriftBaseline, 'replies'>>[],
): boolean {
  const known = baselines.flatMap(({ replies: accepted }) =>
    accepted?.mix === replies?.mix && (accepted?.[name]?.n ?? 0) >= LEAST_REPLIES ? [accepted?.[name]?.k ?? 0] : [],
  );
  const { k, n } = replies?.[name] ?? { k: 0, n: 0 };
  if (known.length < LEAST_BASELINES || known.some((count) => count > 0)) return false;
  return k >= LEAST_TIMES && k >= SHARE * n;
}
