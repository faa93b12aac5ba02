const BEFORE = 20;

/** The text from a little before a place on, so that a sample of it shows the place. */
export function around(text: string, index: number): string {
  return index <= BEFORE ? text : `…${text.slice(index - BEFORE)}`;
}
