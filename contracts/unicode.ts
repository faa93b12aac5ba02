// By code units: k6's regular expressions see whole code points even without the flag u, Node's do not.

/** Whether every surrogate has its other half, so that UTF-8 can carry the text. */
export function isWellFormed(text: string): boolean {
  try {
    encodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The text with U+FFFD for every surrogate without its other half, as UTF-8 carries it. */
export function wellFormed(text: string): string {
  if (isWellFormed(text)) return text;
  let result = '';
  for (let index = 0; index < text.length; index++) {
    const pair = isHigh(text, index) && isLow(text, index + 1);
    if (pair) result += text.slice(index, index + 2);
    else result += isHigh(text, index) || isLow(text, index) ? '\uFFFD' : text.charAt(index);
    if (pair) index += 1;
  }
  return result;
}

/** At most so many code units of a text, without cutting a character in two. */
export function cut(text: string, units: number): string {
  if (text.length <= units) return text;
  return text.slice(0, isHigh(text, units - 1) && isLow(text, units) ? units - 1 : units);
}

/** The text from a little before a place on, so that a sample of it shows the place. */
export function around(text: string, index: number): string {
  const start = index - 20;
  if (start <= 0) return text;
  return `…${text.slice(isHigh(text, start - 1) && isLow(text, start) ? start - 1 : start)}`;
}

function isHigh(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
