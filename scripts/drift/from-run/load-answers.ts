import { articlesOfReply } from '../../../contracts/answer-form.ts';
import type { Coverage, DriftResult, Replies, Shapes } from '../../../contracts/generated/findings.ts';
import type { Database } from '../../ledger/database.ts';
import { CERTAINTY } from '../judge/coverage.ts';
import type { Form } from './load-findings.ts';

/** Fewer judged user turns are less than the smallest drift check. */
const ENOUGH = 12;

/** The forms of the answers that kept the contract. */
export async function formsOf(db: Database): Promise<Form[]> {
  const rows = await db.rows<Omit<Form, 'shapes'> & { readonly shapes: string }>(
    `SELECT form, any_value(status) AS status, count(*) AS answers, min(began) AS firstAt, max(began) AS lastAt,
       arg_min(concat('conversation ', conversation, ', turn ', turn), began) AS turn, any_value(form.shapes) AS shapes
     FROM answer JOIN form USING (form) WHERE clean GROUP BY form ORDER BY form`,
  );
  return rows.map((row) => ({ ...row, shapes: JSON.parse(row.shapes) as Shapes }));
}

/** The shapes of as many answers as one. */
export function timesOver(shapes: Shapes, times: number): Shapes {
  const scaled = (counts: Readonly<Record<string, number>>): Record<string, number> =>
    Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count * times]));
  return Object.fromEntries(
    Object.entries(shapes).map(([place, { n, types, formats, values, sentinels, ...rest }]) => [
      place,
      {
        ...rest,
        n: n * times,
        types: scaled(types),
        ...(formats === undefined ? {} : { formats: scaled(formats) }),
        ...(values === undefined ? {} : { values: scaled(values) }),
        ...(sentinels === undefined ? {} : { sentinels: scaled(sentinels) }),
      },
    ]),
  );
}

/** A ledger holds no text: how often replies give up, and which articles they name, it cannot tell. Durations are the load's. */
export async function repliesIn(db: Database, mix: string): Promise<Replies | null> {
  await db.run(
    `CREATE TABLE reply AS SELECT form, events[2].chars AS chars, events[2].hash AS text, connectMs FROM answer
     WHERE clean AND said = 'user' AND status = 200 AND len(events) >= 2`,
  );
  const length = await db.row<{ n: number; mean: number | null; sd: number | null }>(
    'SELECT count(*) AS n, avg(ln(greatest(1, chars))) AS mean, stddev_samp(ln(greatest(1, chars))) AS sd FROM reply',
  );
  const { n, mean } = length;
  if (n === 0 || mean === null) return null;
  const forms = await db.rows<{ form: string | null; k: number }>(
    'SELECT form, count(*) AS k FROM reply GROUP BY form',
  );
  const withArticles = forms.filter(({ form }) => form !== null && articlesOfReply(form) > 0);
  const { reconnected } = await db.row<{ reconnected: number }>(
    'SELECT count(*) FILTER (connectMs >= 1) AS reconnected FROM reply',
  );
  const { most } = await db.row<{ most: number }>(
    'SELECT max(k) AS most FROM (SELECT count(*) AS k FROM reply GROUP BY text)',
  );
  return {
    mix,
    n,
    length: { n, mean, sd: length.sd ?? 0 },
    latency: null,
    articles: { k: withArticles.reduce((sum, { k }) => sum + k, 0), n },
    sameArticle: null,
    fallback: null,
    sameness: { k: most, n },
    reconnected: { k: reconnected, n },
  };
}

/** What came, and why it is too little where it is. */
export async function countsOf(
  db: Database,
): Promise<{ counts: DriftResult['counts']; problems: DriftResult['problems'] }> {
  const row = await db.row<DriftResult['counts'] & { judgedTurns: number; sent: number }>(
    `SELECT count(*) AS requests, count(*) FILTER (said = 'user') AS userTurns,
       count(*) FILTER (outcome <> 'answered') AS unanswered, count(*) FILTER (outcome = 'answered' AND NOT judged) AS outages,
       0 AS visibleLate, count(*) FILTER (judged AND said = 'user') AS judgedTurns,
       (SELECT count(*) FROM line WHERE kind = 'sent') AS sent
     FROM answer`,
  );
  const { judgedTurns, sent, ...counts } = row;
  const few = { code: 'turns-unjudged', judged: judgedTurns, needed: ENOUGH } as const;
  return { counts: { ...counts, requests: sent }, problems: judgedTurns < ENOUGH ? [few] : [] };
}

export async function statusesIn(db: Database): Promise<DriftResult['statuses']> {
  const rows = await db.rows<{ status: number; n: number }>(
    'SELECT status, count(*) AS n FROM answer WHERE judged GROUP BY status ORDER BY status',
  );
  return { 'generate-answer load': Object.fromEntries(rows.map(({ status, n }) => [status, n])) };
}

/** What each kind of turn could have shown. */
export async function coverageOf(db: Database): Promise<Coverage[]> {
  const rows = await db.rows<Omit<Coverage, 'seenAbove'>>(
    `SELECT CASE WHEN said <> 'user' THEN 'R' WHEN continued THEN 'C' ELSE 'U' END AS kind,
       CASE WHEN said <> 'user' THEN 'role-' || said WHEN continued THEN 'continued-conversation' ELSE 'valid-user-turn' END AS condition,
       count(*) AS n, len(list_distinct(flatten(list(list_transform(violations, lambda v: v.rule))))) AS findings
     FROM answer WHERE judged GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  return rows.map((row) => ({ ...row, seenAbove: 1 - (1 - CERTAINTY) ** (1 / row.n) }));
}
