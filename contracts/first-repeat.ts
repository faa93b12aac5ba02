/** Index of the first text that stands earlier in the list too; -1 without one. */
export function firstRepeat(texts: readonly (string | undefined)[]): number {
  return texts.findIndex((text, index) => text !== undefined && texts.indexOf(text) < index);
}
