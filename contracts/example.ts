/** So far from a value, within its line and its string, the words that say what it is are looked for. */
const BEFORE = 80;
const AFTER = 60;

/** That a value is one of many, in the languages of help desks. */
const EXAMPLE =
  /\b(?:for instance|e\.g\.|sample|dummy|placeholder|looks? like|of the form|must have the form|for (?:a )?test(?:s|ing)?\b|test (?:key|card|number|token|account)s?|z\. ?B\.|Testkarten?|carte de test|tarjeta de prueba|np\.)|\bexample(?!\.(?:com|org|net))\b|(?:Beispiel|ejemplo|exemple|esempio|exemplo|voorbeeld|przykład|например|例え?ば?)(?!\.(?:com|org|net))/i;

/** Words and signs in the place of what everybody has another one of. */
const PLACEHOLDER =
  /(?<![a-z\d])(?:your[-_ ]?[a-z]|example(?!\.(?:com|org|net))|placeholder|change[-_]?me)|x{5,}|<[^<>]*>|\.{3}|…|:\/\/user(?:name)?:pass(?:word|wd)?@/i;

/** Whether the text around a value says that it is an example. */
export function isExample(text: string, at: number, length: number): boolean {
  const before = text.slice(Math.max(0, at - BEFORE), at);
  // In a body of JSON, the value's own string.
  const own = before.slice(Math.max(before.lastIndexOf('\n'), before.search(/(?<!\\)"(?=(?:\\"|[^"])*$)/)) + 1);
  const after = text.slice(at + length, at + length + AFTER).split(/\n|(?<!\\)"/, 1)[0] ?? '';
  return EXAMPLE.test(own) || EXAMPLE.test(after);
}

/** Whether a value stands for any: `your-api-key`, `user:password@host`. */
export const isPlaceholder = (value: string): boolean => PLACEHOLDER.test(value);
