import { text } from '../../ledger/database.ts';
import type { TurnQuery } from './turn-query.ts';

const PAGE_ROWS = 50;

const IS_ERROR = `(outcome <> 'answered' OR status <> 200)`;
const IS_BAD = `(${IS_ERROR} OR violated)`;

/** What a query asks for; all of it are numbers, but a rule, which is a literal. */
function conditionOf({ fromMs, toMs, leastMs, mostMs, show, rule, conversation }: TurnQuery): string {
  const rules = `len(list_filter(violations, lambda v: v.rule = ${text(rule ?? '')})) > 0`;
  const conditions = [
    fromMs === undefined ? '' : `atMs >= ${fromMs}`,
    toMs === undefined ? '' : `atMs < ${toMs}`,
    leastMs === undefined ? '' : `latencyMs >= ${leastMs}`,
    mostMs === undefined ? '' : `latencyMs < ${mostMs}`,
    { any: '', errors: IS_ERROR, violations: 'len(violations) > 0', problems: IS_BAD }[show],
    rule === undefined ? '' : rules,
    conversation === undefined ? '' : `conversation = ${conversation}`,
  ].filter((condition) => condition !== '');
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

export const rowsSql = (query: TurnQuery): string => `
  SELECT conversation, turn, attempt, role, stage, atMs, latencyMs, outcome, status, bytes,
    list_distinct(list_transform(violations, lambda v: v.rule)) AS rules
  FROM turn WHERE ${conditionOf(query)}
  ORDER BY ${query.sort === 'time' ? 'atMs' : 'latencyMs DESC NULLS LAST'}, conversation, turn, attempt
  LIMIT ${PAGE_ROWS} OFFSET ${query.page * PAGE_ROWS}`;

export const countSql = (query: TurnQuery): string =>
  `SELECT count(*) AS matching FROM turn WHERE ${conditionOf(query)}`;

/** What the figure spans; without turns, nothing. */
export const spanSql = (query: TurnQuery): string => `
  SELECT coalesce(min(atMs), 0) AS fromMs, coalesce(max(atMs), 0) AS toMs, coalesce(min(latencyMs), 1) AS leastMs,
    coalesce(max(latencyMs), 1) AS mostMs
  FROM turn WHERE ${conditionOf(query)} AND latencyMs IS NOT NULL`;

export interface Grid {
  readonly fromMs: number;
  readonly toMs: number;
  readonly columns: number;
  readonly levels: readonly number[];
}

const COLUMNS = 96;
const ROWS = 28;

/** Columns of equal time, and rows of equal ratio. */
export function gridOf({
  fromMs,
  toMs,
  leastMs,
  mostMs,
}: {
  fromMs: number;
  toMs: number;
  leastMs: number;
  mostMs: number;
}): Grid {
  const low = Math.max(1, leastMs);
  const ratio = Math.max(1.02, (Math.max(mostMs, low) / low) ** (1 / ROWS));
  const levels = Array.from({ length: ROWS + 1 }, (_, index) => Number((low * ratio ** index).toPrecision(6)));
  return { fromMs, toMs: Math.max(toMs + 1, fromMs + 1), columns: COLUMNS, levels };
}

export const cellsSql = (query: TurnQuery, { fromMs, toMs, columns, levels: [low = 1, next = 2] }: Grid): string => `
  SELECT least(${columns - 1}, floor((atMs - ${fromMs}) * ${columns} / ${toMs - fromMs}))::INTEGER AS "column",
    least(${ROWS - 1}, greatest(0, floor(ln(greatest(latencyMs, ${low}) / ${low}) / ${Math.log(next / low)})))::INTEGER AS "row",
    count(*) AS turns, count(*) FILTER (${IS_BAD}) AS bad
  FROM turn WHERE ${conditionOf(query)} AND latencyMs IS NOT NULL GROUP BY ALL`;
