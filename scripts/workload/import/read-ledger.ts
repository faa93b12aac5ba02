import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LedgerLine, Sent, Settled } from '../../../contracts/generated/ledger.ts';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { usageError } from '../../foundation/errors.ts';
import { ledgerLine } from '../../ledger/ledger-lines.ts';
import { readPlan, runFolder } from '../../ledger/run-folder.ts';
import { checkedLines } from './checked-lines.ts';
import type { SaidMessage } from './said-message.ts';
import type { SourceFile } from './source-file.ts';

/**
 * Messages of the turns that a run sent. What they said is not in a ledger: languages and lengths come from the scripts of
 * `run.json` beside it, where that is.
 * @throws HarnessError (2) where it is no ledger
 */
export async function* readLedger(file: SourceFile): AsyncGenerator<SaidMessage> {
  const scripts = await scriptsBeside(file);
  const open = new Map<number, Turns>();
  let hasTurns = false;
  for await (const line of linesOf(file)) {
    if (line.kind === 'sent' || line.kind === 'settled') {
      const turns = open.get(line.conversation) ?? new Map();
      open.set(line.conversation, turns);
      addTo(turns, line);
      hasTurns = true;
    }
    if (line.kind !== 'conversation') continue;
    yield* messagesOf(line.conversation, open.get(line.conversation), scripts.get(line.template));
    open.delete(line.conversation);
  }
  if (!hasTurns) throw usageError(`${file.shownAs} has no turn of a run`);
  // Of conversations that were cut.
  for (const [conversation, turns] of open) yield* messagesOf(conversation, turns, undefined);
}

/** A line may be torn where a run was killed. */
async function* linesOf(file: SourceFile): AsyncGenerator<LedgerLine> {
  for await (const { bytes } of checkedLines(file)) {
    for (const text of bytes.toString().split('\n')) {
      const line = ledgerLine(text);
      if (line !== undefined) yield line;
    }
  }
}

async function scriptsBeside({ path }: SourceFile): Promise<ReadonlyMap<string, ConversationScript>> {
  const folder = runFolder(dirname(path));
  if (!existsSync(folder.plan)) return new Map();
  const { workload } = await readPlan(folder);
  return new Map(workload.conversations.map((script) => [script.id, script]));
}

/** By index: its first attempt, since the customer said it once, and how the last one ended. */
type Turns = Map<number, { sent?: Sent; settled?: Settled }>;

function addTo(turns: Turns, line: Sent | Settled): void {
  const turn = turns.get(line.turn) ?? {};
  turns.set(line.turn, turn);
  if (line.kind === 'settled') turn.settled = line;
  else turn.sent ??= line;
}

function* messagesOf(
  index: number,
  turns: Turns | undefined,
  script: ConversationScript | undefined,
): Generator<SaidMessage> {
  const conversation = String(index);
  for (const [place, { sent, settled }] of turns ?? []) {
    if (sent === undefined) continue;
    const { role, sentAt } = sent;
    const stored = settled?.events.find((event) => event.role === role)?.chars;
    const chars = script?.turns[place]?.content.length ?? stored ?? 0;
    yield { conversation, at: sentAt, role, chars, language: script?.language ?? 'und' };
    if (settled?.outcome === 'answered') yield { conversation, at: settled.settledAt, role: 'finibot', chars: 0 };
  }
}
