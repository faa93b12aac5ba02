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
const MOST_CHECKSUMS = RADIX ** CHECK_DIGITS;

/** FNV-1a of a run's id, as references carry it. */
export function runHash(runId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < runId.length; index++) hash = Math.imul(hash ^ runId.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** `[ref:k3v9q2-1c-4-07h2]`: run, conversation, turn and a checksum over them, each in base 36. */
export function referenceText({ run, conversation, turn }: Reference): string {
  return textOf(conversationPart(run, conversation), conversationHash(run, conversation), turn);
}

/** The references of a conversation's turns, with what they have in common worked out once. */
export function referenceTexts(run: number, conversation: number): (turn: number) => string {
  const part = conversationPart(run, conversation);
  const hash = conversationHash(run, conversation);
  return (turn) => textOf(part, hash, turn);
}

const conversationPart = (run: number, conversation: number): string =>
  `${referencePrefix(run)}${conversation.toString(RADIX)}-`;

const textOf = (part: string, hash: number, turn: number): string =>
  `${part}${turn.toString(RADIX)}-${checksum(hash, turn)}]`;

/** What every reference of a run begins with. */
export function referencePrefix(run: number): string {
  return `${REFERENCE_MARK}${run.toString(RADIX)}-`;
}

/** What a turn says where contents carry references: the reference stands at the end. */
export function withReference(content: string, reference: Reference): string {
  return withReferenceText(content, referenceText(reference));
}

/** The same, where the text of the reference is known. */
export const withReferenceText = (content: string, text: string): string => `${content} ${text}`;

/** All references in a text whose checksum holds, so that a damaged or invented one accuses nobody. */
export function referencesIn(text: string): Reference[] {
  if (!text.includes(REFERENCE_MARK)) return [];
  const found: Reference[] = [];
  for (const [, ...parts] of text.matchAll(REFERENCE)) {
    const [run = 0, conversation = 0, turn = 0] = parts.slice(0, 3).map((part) => Number.parseInt(part, RADIX));
    if (parts[3] === checksum(conversationHash(run, conversation), turn)) found.push({ run, conversation, turn });
  }
  return found;
}

const conversationHash = (run: number, conversation: number): number => mix(mix(run) ^ conversation);

/** Four digits: one invented reference in 1.7 million passes. */
function checksum(conversationHash: number, turn: number): string {
  const hash = mix(conversationHash ^ turn) >>> 0;
  return (hash % MOST_CHECKSUMS).toString(RADIX).padStart(CHECK_DIGITS, '0');
}
