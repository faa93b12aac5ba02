import { count } from '../../foundation/text/format.ts';
import { textTable } from '../../foundation/text/table.ts';
import { textLines } from '../../foundation/text/terminal.ts';

/** A name, and the lines that belong to it. */
export type PlanRow = readonly [name: string, ...lines: readonly string[]];

/** The rows of a plan for a terminal, with the name before its first line. */
export function planRows(rows: readonly PlanRow[]): string {
  const shown = rows.filter(([, ...lines]) => lines.length > 0);
  return textLines(
    textTable(
      shown.map(([name, ...lines]) => [name, lines]),
      'll',
    ),
  );
}

/** Where a plan would send; a bot may not be named yet. */
export const plannedBot = ({ baseUrl, botId }: { readonly baseUrl: string; readonly botId: string | null }): string =>
  `${baseUrl}, ${botId === null || botId === '' ? 'no bot id yet (FINI_BOT_ID)' : `bot ${botId}`}`;

/** `null`: bounded by time only. */
export function turnsText(turns: number | null, users: number | null): string {
  return turns === null || users === null
    ? 'limited by time only; --max-turns or --conversations sets a limit'
    : `at most ${count(turns)}, ${count(users)} of them by users (each costs an AI reply)`;
}

interface PlanPrice {
  readonly perTurn: number;
  readonly currency: string;
}

/** What so many user turns cost at most. `null`: without a limit. */
export function priceText(price: PlanPrice | null | undefined, users: number | null): string {
  if (price == null) return 'not known; set price.perTurn in the configuration';
  const { perTurn, currency } = price;
  return users === null
    ? `${perTurn} ${currency} per user turn, without a limit`
    : `at most ${(users * perTurn).toFixed(2)} ${currency}`;
}
