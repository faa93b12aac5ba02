import { observe } from '../../../contracts/breach.ts';
import type { Finding, Shapes } from '../../../contracts/generated/findings.ts';
import { RULES } from '../../../contracts/rules/index.ts';
import type { Expected, Observed, ViolationClass } from '../../../contracts/violation.ts';
import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { breachesOf } from '../../ledger/breaches.ts';
import type { Database } from '../../ledger/database.ts';
import type { Deviation } from '../baseline/deviation.ts';
import { deviations, objectsAt } from '../baseline/deviations.ts';
import { fingerprint, keyOf } from '../fold.ts';
import { templateOf } from '../judge/judge-shapes.ts';
import { isKnownHeader } from '../plan/headers.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import type { DriftRule } from '../sighting.ts';

/** Answers of a stored run that have one form, and what they look like. */
export interface Form {
  readonly form: string;
  readonly status: number;
  readonly answers: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly turn: string;
  readonly shapes: Shapes;
}

/** A breach as a stored run tells it: so often, first at this turn. */
interface Breach {
  readonly rule: string;
  readonly class: ViolationClass;
  readonly template: string;
  readonly location: string;
  readonly expected: Expected;
  readonly observed: Observed;
  readonly answers: number;
  readonly among: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly turn: string;
}

interface BreachRow extends Omit<Breach, 'expected' | 'among'> {
  readonly expected: string;
  readonly status: number;
  readonly roles: readonly string[];
  /** Where the template stands for many: how many, and some of them. */
  readonly names: string | null;
}

const TURN = `concat('conversation ', conversation, ', turn ', turn, ', attempt ', attempt)`;
const RULE = new Map(RULES.map((rule) => [rule.id, rule]));

/** Every breach that the answers of a stored run were found to have when they came. */
export async function loadBreaches(db: Database): Promise<Finding[]> {
  const rows = await db.rows<BreachRow>(
    `WITH ${breachesOf('answer')}
     SELECT v.rule AS rule, v.class AS class, counted AS template, arg_min(v.location, began) AS location,
       arg_min(v.expected, began) AS expected, arg_min(v.observed, began) AS observed, any_value(names) AS names, status,
       list(DISTINCT said) AS roles, count(DISTINCT (ledger, conversation, turn, attempt)) AS answers,
       min(began) AS firstAt, max(began) AS lastAt, arg_min(${TURN}, began) AS turn
     FROM breach GROUP BY v.rule, v.class, counted, CASE WHEN names IS NULL THEN v.observed.type END, status,
       CASE WHEN v.template LIKE '%/status' THEN v.observed.sample END`,
  );
  const judged = await db.rows<{ status: number; said: string; answers: number }>(
    'SELECT status, said, count(*) AS answers FROM answer WHERE judged GROUP BY status, said',
  );
  return rows.map(({ status, roles, names, ...row }) => {
    // A status says what it is of every answer; anything else of those that have it.
    const like = judged.filter(
      (one) => roles.includes(one.said) && (row.template.endsWith('/status') || one.status === status),
    );
    const observed = names === null ? row.observed : { ...observe(names), type: 'object' };
    const breach = { ...row, observed, expected: JSON.parse(row.expected) as Expected, among: sum(like) };
    const { why = '', notice = false } = RULE.get(breach.rule) ?? {};
    return findingOf(breach, why, notice);
  });
}

/** Where the forms leave what the accepted runs had, and headers that nobody knows. */
export function loadDeviations(forms: readonly Form[], shapes: Shapes, accepted: readonly Shapes[]): Finding[] {
  const headers = Object.keys(shapes).flatMap(newHeader);
  return [...headers, ...deviations(shapes, accepted)].flatMap((deviation) => {
    const { rule, place, expected, shownBy } = deviation;
    const showing = forms.filter((form) => shownBy(form.shapes[place], objectsAt(form.shapes, place)) !== undefined);
    const [first] = showing;
    if (first === undefined) return [];
    const template = `#${templateOf(place)}`;
    const type = shownBy(first.shapes[place], objectsAt(first.shapes, place)) ?? '';
    // Headers are kept of some answers only.
    const above = place.includes('/headers/') ? place.slice(0, place.lastIndexOf('/')) : undefined;
    const like = forms.filter(
      (form) => (above === undefined || above in form.shapes) && showing.some(({ status }) => form.status === status),
    );
    const breach = {
      rule: rule.id,
      class: rule.class,
      template,
      location: template,
      expected,
      observed: { type, sample: '' },
      answers: sum(showing),
      among: sum(like),
      firstAt: Math.min(...showing.map(({ firstAt }) => firstAt)),
      lastAt: Math.max(...showing.map(({ lastAt }) => lastAt)),
      turn: first.turn,
    };
    return [findingOf(breach, rule.why, rule.notice ?? false)];
  });
}

function newHeader(place: string): Deviation[] {
  const [, status, name] = /^generate-answer\/(\d+)\/headers\/(.+)$/.exec(place) ?? [];
  if (status === undefined || name === undefined || isKnownHeader(name)) return [];
  const rule: DriftRule = DRIFT_RULES.headerAdded;
  return [
    { rule, place, expected: { type: 'absent' }, shownBy: (shape) => (shape === undefined ? undefined : 'string') },
  ];
}

const sum = (counts: readonly { readonly answers: number }[]): number =>
  counts.reduce((total, { answers }) => total + answers, 0);

/** The same fingerprint as in a drift check. */
function findingOf(breach: Breach, why: string, notice: boolean): Finding {
  const { rule, template, expected, observed, answers: k, firstAt, lastAt } = breach;
  const n = Math.max(k, breach.among);
  return {
    id: fingerprint([keyOf(breach), JSON.stringify(expected.type ?? null)]),
    rule,
    class: breach.class,
    notice,
    why,
    operation: 'generate-answer',
    condition: 'load',
    location: breach.location,
    template,
    expected: { ...expected },
    observed: { ...observed },
    frequency: { k, n, rate: k / n, ci95: [...clopperPearson(k, n)] as [number, number] },
    spread: { operations: ['generate-answer'], conditions: ['load'], firstAt, lastAt },
    related: [],
    evidence: [`turns.ndjson: ${breach.turn}`],
    baseline: null,
    suppressedBy: null,
  };
}
