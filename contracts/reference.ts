import { mix } from './random.ts';

/** Which turn a content belongs to, small enough to end every content with. */
export interface Reference {
  /** 32-bit hash of the run's id. */
  readonly run: number;
  readonly conversation: number;
  readonly turn: number;
}

/** What every reference begins with: a text without it holds none. */
export const REFERENCE_MARK = '[ref:';

const REFERENCE = /\[ref:([0-9a-z]{1,7})-([0-9a-z]{1,7})-([0-9a-z]{1,4})-([0-9a-z]{4})\]/g;
const RADIX = 36;
const CHECK_DIGITS = 4;

/** FNV-1a of a run's id, as references carry it. */
export function runHash(runId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < runId.length; index++) hash = Math.imul(hash ^ runId.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** `[ref:k3v9q2-1c-4-07h2]`: run, conversation, turn and a checksum over them, each in base 36. */
export function referenceText({ run, conversation, turn }: Reference): string {
  const place = `${conversation.toString(RADIX)}-${turn.toString(RADIX)}`;
  return `${referencePrefix(run)}${place}-${checksum(run, conversation, turn)}]`;
}

/** What every reference of a run begins with. */
export function referencePrefix(run: number): string {
  return `${REFERENCE_MARK}${run.toString(RADIX)}-`;
}

/** What a turn says where contents carry references: the reference stands at the end. */
export function withReference(content: string, reference: Reference): string {
  return `${content} ${referenceText(reference)}`;
}

/** All references in a text whose checksum holds, so that a damaged or invented one accuses nobody. */
export function referencesIn(text: string): Reference[] {
  if (!text.includes(REFERENCE_MARK)) return [];
  const found: Reference[] = [];
  for (const [, ...parts] of text.matchAll(REFERENCE)) {
    const [run = 0, conversation = 0, turn = 0] = parts.slice(0, 3).map((part) => Number.parseInt(part, RADIX));
    if (parts[3] === checksum(run, conversation, turn)) found.push({ run, conversation, turn });
  }
  return found;
}

/** Four digits: one invented reference in 1.7 million passes. */
function checksum(run: number, conversation: number, turn: number): string {
  const hash = mix(mix(mix(run) ^ conversation) ^ turn) >>> 0;
  return (hash % RADIX ** CHECK_DIGITS).toString(RADIX).padStart(CHECK_DIGITS, '0');
}
