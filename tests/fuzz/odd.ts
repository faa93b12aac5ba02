import fc from 'fast-check';
import { expect } from 'vitest';
import { HarnessError } from '../../scripts/foundation/errors.ts';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';

/** Cases of each property: `npm run test:fuzz` sets many more. What needs a database gets a share of them. */
export const cases = (share = 1): number => Math.max(5, Math.round(Number(process.env.FINI_FUZZ_RUNS ?? 60) * share));

/** Whatever was read: either it was good, or the user is told so. */
export async function goodOrTold(work: () => Promise<unknown> | unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(HarnessError);
    expect(error).toMatchObject({ exitCode: EXIT.usage, message: expect.stringMatching(/\S/) });
  }
}

/** Values that code is seldom written for. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(0, -1, 0.5, 1e15, 1e308, 2 ** 53, '', 'x', '__proto__', null, true, [], {}, [[]], 'constructor'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The JSON of a value that is good, with some of its values replaced, removed or doubled, or torn off. */
export function spoiled(good: unknown): fc.Arbitrary<string> {
  const change = fc.record({
    pick: fc.nat(),
    how: fc.constantFrom('replace', 'replace', 'remove', 'double'),
    odd: oddValue,
  });
  const changed = fc.array(change, { maxLength: 3 }).map((changes) => {
    const value: unknown = JSON.parse(JSON.stringify(good));
    for (const { pick, how, odd } of changes) spoil(value, pick, how, odd);
    return JSON.stringify(value);
  });
  const torn = fc
    .tuple(changed, fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([text, at]) => text.slice(0, at * text.length));
  return fc.oneof({ weight: 6, arbitrary: changed }, torn, fc.json({ maxDepth: 3 }), fc.string({ unit: 'binary' }));
}

function spoil(value: unknown, pick: number, how: string, odd: unknown): void {
  const places = placesOf(value);
  const [holder, name] = places[pick % Math.max(1, places.length)] ?? [];
  if (holder === undefined || name === undefined) return;
  if (how === 'replace') holder[name] = odd;
  else if (how === 'remove') delete holder[name];
  else if (Array.isArray(holder)) holder.push(holder[Number(name)]);
  else holder[`${name}2`] = holder[name];
}

type Holder = Record<string, unknown>;

/** Every property and item, at any depth. */
function placesOf(value: unknown): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    [value as Holder, name] as [Holder, string],
    ...placesOf(item),
  ]);
}
