/** Index of the first item whose property, a string, an earlier item has too; -1 without one. */
export function firstRepeat<Key extends string>(
  items: readonly { readonly [K in Key]?: unknown }[],
  property: Key,
): number {
  if (items.length < 2) return -1;
  if (items.length === 2) {
    const id = items[0]?.[property];
    return typeof id === 'string' && id === items[1]?.[property] ? 1 : -1;
  }
  const seen = new Set<unknown>();
  return items.findIndex((item) => {
    const id = item[property];
    if (typeof id !== 'string') return false;
    const repeats = seen.has(id);
    seen.add(id);
    return repeats;
  });
}
