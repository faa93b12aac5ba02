import { CHOSEN_PAIRS, CHOSEN_TURNS } from '../../compare/interleave/chosen.ts';
import { SCALE, type Service, slowShare, TAIL, twoKinds } from './services.ts';
import type { Setting } from './simulate-comparison.ts';

export type Row = Setting & { readonly name: string };

const NOISES = [0, 0.03, 0.06];
const chosen = { pairs: CHOSEN_PAIRS, turnsPerRun: CHOSEN_TURNS, rho: 0.5 };
const DESIGNS = [chosen, { pairs: 8, turnsPerRun: 500, rho: 0.5 }, { pairs: 4, turnsPerRun: 500, rho: 0.5 }];

const changes: readonly Row[] = DESIGNS.flatMap((design) =>
  NOISES.flatMap((noise) => [
    { name: 'change: none', ...design, noise },
    { name: 'change: scale', ...design, noise, candidate: SCALE },
    { name: 'change: tail', ...design, noise, candidate: TAIL },
  ]),
);

/** On both sides of a gate at 15 s: the p95 of the base is 6.4 s, a tail is at 20 s. */
const GATES = [15_000, 30_000];
const both = (service: Service): Pick<Setting, 'baseline' | 'candidate'> => ({ baseline: service, candidate: service });

const KINDS: readonly (Partial<Setting> & { readonly name: string })[] = [
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
];
const kinds: readonly Row[] = KINDS.map((kind) => ({ ...chosen, noise: 0.03, gates: GATES, ...kind }));

/** A gate where the service stands: p95 is 6.45 s. */
const atGate: readonly Row[] = [6_300, 6_450, 6_600].flatMap((limit) => [
  { name: `gate at ${limit} ms: change none`, ...chosen, noise: 0.03, gates: [limit] },
  { name: `gate at ${limit} ms: change scale`, ...chosen, noise: 0.03, gates: [limit], candidate: SCALE },
]);

const single = { pairs: 0, rho: 0.5 };
const singles: readonly Row[] = [400, 2_000].flatMap((turnsPerRun) => [
  ...NOISES.map((noise) => ({ name: 'one against one: change none', ...single, turnsPerRun, noise })),
  {
    name: 'one against one: time-outs 8 %, none before',
    ...single,
    turnsPerRun,
    noise: 0.03,
    candidate: { hanging: 0.08 },
  },
  {
    name: 'one against one: 8 % at 20 s, none before',
    ...single,
    turnsPerRun,
    noise: 0.03,
    candidate: slowShare(0.08),
  },
]);

/** All that `npm run sim:compare` simulates. */
export const ROWS: readonly Row[] = [...changes, ...kinds, ...atGate, ...singles];
