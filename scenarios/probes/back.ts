import type { Step } from '../../contracts/generated/drift-plan.ts';
import { parseJson } from '../../contracts/parse-json.ts';
import { wellFormed } from '../../contracts/unicode.ts';
import { exchange, type Place } from './exchange.ts';

/** The first page of a listing, the next one, and from there the previous one. */
export async function back(step: Step, place: Place): Promise<void> {
  const next = cursorIn(await exchange(place, step), 'nextCursor');
  if (next === undefined) return;
  const second = await exchange({ ...place, look: 1 }, step, { path: `${step.path}&direction=next&cursor=${next}` });
  const previous = cursorIn(second, 'prevCursor');
  if (previous === undefined) return;
  await exchange({ ...place, look: 2 }, step, { path: `${step.path}&direction=previous&cursor=${previous}` });
}

function cursorIn({ status, body }: { status: number; body: string }, name: string): string | undefined {
  if (status !== 200) return undefined;
  const json = parseJson(body);
  const cursor = json.ok ? (json.value as Readonly<Record<string, unknown>> | null)?.[name] : undefined;
  return typeof cursor === 'string' ? encodeURIComponent(wellFormed(cursor)) : undefined;
}
