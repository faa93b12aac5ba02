import type { Step } from '../../contracts/generated/drift-plan.ts';
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
  try {
    const cursor = (JSON.parse(body) as Readonly<Record<string, unknown>> | null)?.[name];
    return typeof cursor === 'string' ? encodeURIComponent(cursor) : undefined;
  } catch {
    return undefined;
  }
}
