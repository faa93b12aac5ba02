/** No page of a hundred conversations is as long; a body that never ends would fill the memory before its time is over. */
const MOST_BYTES = 32_000_000;

/**
 * The body of an answer as text.
 * @throws Error where it is longer than `most` bytes; the rest is not read
 */
export async function bodyText({ body }: Response, most = MOST_BYTES): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (size > most) throw new Error(`the answer is longer than ${most / 1_000_000} MB`);
    parts.push(decoder.decode(part, { stream: true }));
  }
  return parts.join('') + decoder.decode();
}

/** What the text holds as JSON; undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
