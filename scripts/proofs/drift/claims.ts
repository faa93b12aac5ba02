import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { marksOf, type Outcome } from './outcome.ts';

/** One number that the proof is held to. */
export interface Claim {
  readonly name: string;
  readonly k: number;
  readonly n: number;
  /** How many there should be. */
  readonly planned: number;
  /** Clopper-Pearson, 95 %. */
  readonly interval: readonly [number, number];
  readonly met: boolean;
  /** What spoke against it. */
  readonly against: readonly string[];
}

/** Of 20 trials of one operator at 5 %, and of all of them together. */
const LEAST_OF_SEEDS = 17 / 20;
const LEAST_POOLED = 0.982;
/** Soft findings: at most 6 of 200 legal runs. */
const MOST_SOFT = 6 / 200;

type Test = (outcome: Outcome) => boolean;

/** What the outcomes come to; `planned`: how many trials there should be of each part. Nothing is claimed of a part without any. */
export function claimsOf(
  outcomes: readonly Outcome[],
  planned: Readonly<Record<Outcome['part'], number>>,
): readonly Claim[] {
  const of = (part: Outcome['part']): Outcome[] => outcomes.filter((one) => one.part === part);
  const [sure, rare, legal] = [of('sure'), of('rare'), of('legal')];
  const every = (name: string, list: Outcome[], total: number, test: Test): Claim => share(name, list, total, test, 1);
  const claims = [
    every('each answer drifts: found, of the right class', sure, planned.sure, (one) => marks(one).rightClass),
    every('each answer drifts: at the right place', sure, planned.sure, (one) => marks(one).rightTemplate),
    every('each answer drifts: as one finding', sure, planned.sure, (one) => marks(one).single),
    ...(['strange', 'distributions'] as const).flatMap((part) => {
      const name = part === 'strange' ? 'drifts of mutations' : 'shifts of distributions';
      return [
        every(`${name}: found, of the right class`, of(part), planned[part], (one) => marks(one).rightClass),
        every(`${name}: at the right place`, of(part), planned[part], (one) => marks(one).rightTemplate),
        every(`${name}: as one finding`, of(part), planned[part], (one) => marks(one).single),
      ];
    }),
    share('5 % drift, pooled', rare, planned.rare, isFound, LEAST_POOLED),
    ...weakest(rare, planned.rare),
    every(
      'services of other kinds: no finding',
      of('allowed'),
      planned.allowed,
      ({ findings }) => findings.length === 0,
    ),
    every('legal variations: no finding', legal, planned.legal, ({ findings }) => findings.every(isSoft)),
    share(
      'legal variations: no soft finding',
      legal,
      planned.legal,
      ({ findings }) => !findings.some(isSoft),
      1 - MOST_SOFT,
    ),
    every(
      'legal variations: everything could be judged',
      legal,
      planned.legal,
      ({ problems }) => problems.length === 0,
    ),
  ];
  return claims.filter((claim) => claim.planned > 0);
}

const marks = ({ ids, findings }: Outcome) => marksOf(ids[0] ?? '', findings);
const isSoft = ({ class: cls }: Outcome['findings'][number]): boolean => cls === 'statistical';

function isFound(outcome: Outcome): boolean {
  const { rightClass, rightTemplate } = marks(outcome);
  return rightClass && rightTemplate;
}

function share(name: string, list: readonly Outcome[], planned: number, test: Test, least: number): Claim {
  const failing = list.filter((one) => !test(one));
  const [n, k] = [list.length, list.length - failing.length];
  // A part that has not been run is not a proof of anything.
  const met = n === planned && k >= least * n - 1e-9;
  return {
    name,
    k,
    n,
    planned,
    interval: n === 0 ? [0, 1] : clopperPearson(k, n),
    met,
    against: failing.map(response),
  };
}

/** Whether each operator alone is found often enough: as many operators as trials allow. */
function weakest(rare: readonly Outcome[], planned: number): Claim[] {
  const groups = new Map<string, Outcome[]>();
  for (const one of rare) groups.set(one.ids[0] ?? '', [...(groups.get(one.ids[0] ?? '') ?? []), one]);
  const rows = [...groups].map(([id, list]) => ({ id, k: list.filter(isFound).length, n: list.length }));
  const failing = rows.filter(({ k, n }) => k < LEAST_OF_SEEDS * n);
  const [n, k] = [rows.length, rows.length - failing.length];
  return [
    {
      name: '5 % drift, each operator in at least 17 of 20 trials',
      k,
      n,
      planned: Math.min(planned, Math.max(n, 1)),
      interval: n === 0 ? [0, 1] : clopperPearson(k, n),
      met: rare.length === planned && failing.length === 0,
      against: failing.map((row) => `${row.id}: ${row.k} of ${row.n}`),
    },
  ];
}

function response({ part, ids, seed, findings, problems, acted }: Outcome): string {
  const shown = findings.map(({ class: cls, rule, template }) => `${cls} ${rule} ${template}`);
  return `${part} ${ids.join(',')} seed ${seed}, acted ${acted}: ${[...shown, ...problems].join('; ') || 'nothing'}`;
}
