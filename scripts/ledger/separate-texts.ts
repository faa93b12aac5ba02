import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Plan } from '../../contracts/generated/plan.ts';
import { NEWLINE } from '../foundation/newline.ts';
import { ledgerLine } from './ledger-lines.ts';
import type { RunFolder } from './run-folder.ts';
import { wholeLines } from './whole-lines.ts';

const TEXTS = Buffer.from('{"kind":"texts",');
const LANE_END = Buffer.from('{"kind":"lane-end",');

export interface SeparatedTexts {
  /** Turns whose bodies were moved. */
  readonly kept: number;
  /** Turns whose bodies would have passed a lane's limit. */
  readonly unkept: number;
}

const NONE: SeparatedTexts = { kept: 0, unkept: 0 };

/**
 * Moves the bodies of turns out of a ledger into a file of their own, which nobody else reads. Nothing happens where the plan
 * keeps none, or where they are moved already. A process that dies meanwhile leaves them in the ledger for the next.
 */
export async function separateTexts(
  { ledger, texts }: RunFolder,
  { keepTexts }: Pick<Plan, 'keepTexts'>,
): Promise<SeparatedTexts> {
  if (keepTexts === undefined || !existsSync(ledger)) return NONE;
  const [moved, rest] = [`${texts}.part`, `${ledger}.part`];
  try {
    const found = await split(ledger, moved, rest);
    if (found.kept === 0) return found;
    await rename(moved, texts);
    await rename(rest, ledger);
    return found;
  } finally {
    await Promise.all([moved, rest].map((path) => rm(path, { force: true })));
  }
}

async function split(ledger: string, moved: string, rest: string): Promise<SeparatedTexts> {
  const files = [await open(moved, 'w', 0o600), await open(rest, 'w', 0o600)] as const;
  const found = { kept: 0, unkept: 0 };
  try {
    for await (const lines of wholeLines(ledger)) {
      const parts: readonly [Buffer[], Buffer[]] = [[], []];
      for (const line of linesIn(lines)) {
        const isText = beginsWith(line, TEXTS);
        if (isText) found.kept += 1;
        else if (beginsWith(line, LANE_END)) found.unkept += unkeptOf(line);
        parts[isText ? 0 : 1].push(line);
      }
      for (const [index, file] of files.entries()) await file.writeFile(Buffer.concat(parts[index] ?? []));
    }
  } finally {
    for (const file of files) await file.close();
  }
  return found;
}

const beginsWith = (line: Buffer, head: Buffer): boolean => line.subarray(0, head.length).equals(head);

function unkeptOf(bytes: Buffer): number {
  const line = ledgerLine(bytes.toString());
  return line?.kind === 'lane-end' ? (line.unkeptTexts ?? 0) : 0;
}

function* linesIn(bytes: Buffer): Generator<Buffer> {
  let from = 0;
  while (from < bytes.length) {
    const end = bytes.indexOf(NEWLINE, from);
    const next = end === -1 ? bytes.length : end + 1;
    yield bytes.subarray(from, next);
    from = next;
  }
}
