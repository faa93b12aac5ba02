/** Index of the first text that stands earlier in the list too; -1 without one. */
export function firstRepeat(texts: readonly (string | undefined)[]): number {
  const seen = new Set<string>();
  return texts.findIndex((text) => {
    if (text === undefined) return false;
    const isRepeat = seen.has(text);
    seen.add(text);
    return isRepeat;
  });
}
