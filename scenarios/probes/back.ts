import type { Exchange } from '../../contracts/generated/drift-ledger.ts';
import type { Step } from '../../contracts/generated/drift-plan.ts';
import { parseJson } from '../../contracts/parse-json.ts';
import { wellFormed } from '../../contracts/unicode.ts';
import { exchange, type Place } from './exchange.ts';

/** The first page of a listing, the next one, and from there the previous one; then the third one, and from there back again. */
export async function back(step: Step, place: Place): Promise<void> {
  let look = place.look;
  const turned = async (from: Exchange, direction: keyof typeof CURSORS): Promise<Exchange | undefined> => {
    const cursor = cursorIn(from, CURSORS[direction]);
    if (cursor === undefined) return undefined;
    const path = `${step.path}&direction=${direction}&cursor=${cursor}`;
    look += 1;
    return exchange({ ...place, look }, step, { path });
  };
  const second = await turned(await exchange(place, step), 'next');
  if (second === undefined || (await turned(second, 'previous')) === undefined) return;
  // Before the third page are more conversations than a page has: a limit that is forgotten shows.
  const third = await turned(second, 'next');
  if (third !== undefined) await turned(third, 'previous');
}

const CURSORS = { next: 'nextCursor', previous: 'prevCursor' } as const;

function cursorIn({ status, body }: Exchange, name: string): string | undefined {
  if (status !== 200) return undefined;
  const json = parseJson(body);
  const cursor = json.ok ? (json.value as Readonly<Record<string, unknown>> | null)?.[name] : undefined;
  return typeof cursor === 'string' ? encodeURIComponent(wellFormed(cursor)) : undefined;
}
