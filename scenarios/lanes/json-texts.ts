const MOST = 1_000;
const LONGEST = 500;

/** JSON of texts that are said again and again: JSON.stringify takes k6 longer than to put the rest of a body together. */
export function jsonTexts(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const json = JSON.stringify(text);
    if (text.length > LONGEST) return json;
    if (known.size >= MOST) known.clear();
    known.set(text, json);
    return json;
  };
}
