const WORD = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|[\p{L}\p{N}]+/gu;
/** A reply to fewer words may well consist of them. */
const LEAST_WORDS = 6;
const NEARLY_ALL = 0.9;
/** A reply may quote its question, and says more than that. */
const MOST = 0.75;

/** Whether a reply is what was asked, as it was, with some words around it, or in another order. */
export function isParrot(message: string, content: string): boolean {
  if (message === content) return true;
  const [asked, replied] = [wordsOf(content), wordsOf(message)];
  if (asked.length < LEAST_WORDS) return false;
  const left = new Map<string, number>();
  for (const word of asked) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of replied) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    shared += 1;
  }
  return shared >= NEARLY_ALL * asked.length && shared >= MOST * replied.length;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(WORD) ?? [];
