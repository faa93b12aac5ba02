import { CHOSEN_PAIRS, CHOSEN_TURNS, STAGED_PAIRS, STAGED_TURNS } from '../../compare/interleave/chosen.ts';
import { ALIKE, BY_CONTENT, PARETO, SCALE, type Service, scaled, slowShare, TAIL, TIES, twoKinds } from './services.ts';
import type { Setting } from './simulate-comparison.ts';

export type Row = Setting & { readonly name: string };
type Kind = Partial<Setting> & { readonly name: string };

const NOISES = [0, 0.03, 0.06];
const chosen = { pairs: CHOSEN_PAIRS, turnsPerRun: CHOSEN_TURNS, rho: 0.5 };
const staged = { pairs: STAGED_PAIRS, turnsPerRun: STAGED_TURNS, rho: 0.5, inStages: true };

const CHANGES: readonly Kind[] = [
  { name: 'change: none' },
  { name: 'change: scale', candidate: scaled(SCALE) },
  { name: 'change: tail', candidate: TAIL },
  { name: 'change: scale, +30 %', candidate: scaled(1.28) },
];
const DESIGNS = [staged, chosen, { pairs: 8, turnsPerRun: 500, rho: 0.5 }, { pairs: 4, turnsPerRun: 500, rho: 0.5 }];
const changes = DESIGNS.flatMap((design) =>
  NOISES.flatMap((noise) => CHANGES.map((change): Row => ({ ...design, noise, ...change }))),
);

const both = (service: Service): Pick<Setting, 'baseline' | 'candidate'> => ({ baseline: service, candidate: service });
/** Each law with itself, and a tenth slower. */
const LAWS = Object.entries({
  'by content': BY_CONTENT,
  'autocorrelated 0.6': ALIKE,
  'whole seconds': TIES,
  'Pareto 2.2': PARETO,
}).flatMap(([name, service]): Kind[] => [
  { name: `law: ${name}, none`, ...both(service) },
  { name: `law: ${name}, scale`, baseline: service, candidate: scaled(SCALE, service) },
]);

/** On both sides of a gate at 15 s: the p95 of the base is 6.4 s, a tail is at 20 s. */
const GATES = [15_000, 30_000];
const KINDS: readonly Kind[] = [
  { name: 'tail: 8 % at 20 s in both', ...both(slowShare(0.08)) },
  { name: 'tail: 8 % at 20 s, none before', candidate: slowShare(0.08) },
  { name: 'tail: 4 % at 20 s in both', ...both(slowShare(0.04)) },
  { name: 'tail: 4 % at 20 s, none before', candidate: slowShare(0.04) },
  { name: 'mixture: 10 % three times as long in both', ...both(twoKinds(0.1)) },
  { name: 'mixture: 10 % three times as long, 5 % before', baseline: twoKinds(0.05), candidate: twoKinds(0.1) },
  { name: 'failures: 0.5 % in both', ...both({ failing: 0.005 }) },
  { name: 'failures: 0.8 % in both', ...both({ failing: 0.008 }) },
  { name: 'failures: 3 % in both', ...both({ failing: 0.03 }) },
  { name: 'failures: 2 %, 0.5 % before', baseline: { failing: 0.005 }, candidate: { failing: 0.02 } },
  { name: 'failures: 5 %, 3 % before', baseline: { failing: 0.03 }, candidate: { failing: 0.05 } },
  { name: 'time-outs: 3 % in both', ...both({ hanging: 0.03 }) },
  { name: 'time-outs: 8 % in both', ...both({ hanging: 0.08 }) },
  { name: 'time-outs: 8 %, none before', candidate: { hanging: 0.08 } },
  { name: 'time-outs: 2 %, none before', candidate: { hanging: 0.02 } },
  // Where the service stands: its p95 is 6.45 s.
  ...[6_300, 6_450, 6_600].flatMap((limit): Kind[] => [
    { name: `gate at ${limit} ms: none`, gates: [limit] },
    { name: `gate at ${limit} ms: scale`, gates: [limit], candidate: scaled(SCALE) },
  ]),
];
const kinds = [staged, chosen].flatMap((design) =>
  [...LAWS, ...KINDS].map((kind): Row => ({ ...design, noise: 0.03, gates: GATES, ...kind })),
);

const single = { pairs: 0, rho: 0.5, noise: 0.03 };
const singles = [400, 2_000].flatMap((turnsPerRun): Row[] => [
  ...NOISES.map((noise) => ({ name: 'one against one: none', ...single, turnsPerRun, noise })),
  { name: 'one against one: scale, +30 %', ...single, turnsPerRun, candidate: scaled(1.28) },
  { name: 'one against one: time-outs 8 %, none before', ...single, turnsPerRun, candidate: { hanging: 0.08 } },
  { name: 'one against one: 8 % at 20 s, none before', ...single, turnsPerRun, candidate: slowShare(0.08) },
]);

/** All that `npm run sim:compare` simulates. */
export const ROWS: readonly Row[] = [...changes, ...kinds, ...singles];
