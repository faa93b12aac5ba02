import { Refusal } from '../refusal.ts';

export type TurnProblem = 'any' | 'errors' | 'violations' | 'problems';

/** Which turns are asked for. */
export interface TurnQuery {
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
  readonly leastMs: number | undefined;
  readonly mostMs: number | undefined;
  readonly show: TurnProblem;
  readonly rule: string | undefined;
  readonly conversation: number | undefined;
  readonly sort: 'slowest' | 'time';
  readonly page: number;
}

const SHOWS: readonly TurnProblem[] = ['any', 'errors', 'violations', 'problems'];
const LONGEST_RULE = 200;
/** No time or count is larger. */
const MOST = 1e12;

/** @throws Refusal (400) for what is no query */
export function turnQuery(asked: URLSearchParams): TurnQuery {
  const show = SHOWS.find((name) => name === (asked.get('show') ?? 'any'));
  const sort = (['slowest', 'time'] as const).find((name) => name === (asked.get('sort') ?? 'slowest'));
  const rule = asked.get('rule') || undefined;
  if (show === undefined || sort === undefined || (rule?.length ?? 0) > LONGEST_RULE) {
    throw new Refusal(400, 'The query is not valid.');
  }
  return {
    fromMs: number(asked, 'from'),
    toMs: number(asked, 'to'),
    leastMs: number(asked, 'least'),
    mostMs: number(asked, 'most'),
    show,
    rule,
    conversation: wholeNumber(asked, 'conversation'),
    sort,
    page: wholeNumber(asked, 'page') ?? 0,
  };
}

export function wholeNumber(asked: URLSearchParams, name: string): number | undefined {
  const value = number(asked, name);
  if (value !== undefined && (value < 0 || !Number.isInteger(value)))
    throw new Refusal(400, `${name} is not a whole number.`);
  return value;
}

function number(asked: URLSearchParams, name: string): number | undefined {
  const text = asked.get(name);
  if (text === null || text.trim() === '') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || Math.abs(value) > MOST) throw new Refusal(400, `${name} is not a number.`);
  return value;
}
