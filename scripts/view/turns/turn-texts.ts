import { existsSync } from 'node:fs';
import type { KeptTexts } from '../../../contracts/generated/ledger.ts';
import { ledgerLines } from '../../ledger/ledger-lines.ts';
import { turnKey } from '../../ledger/ledger-turn.ts';
import { readPlan, runFolder } from '../../ledger/run-folder.ts';
import { runLedgers } from '../runs/run-ledgers.ts';
import type { TurnTexts } from '../turn-answers.ts';

/** What was said in a conversation, by the keys of its turns; nothing where the run keeps no texts. */
export async function textsOf(path: string, conversation: number): Promise<ReadonlyMap<string, TurnTexts>> {
  const found = new Map<string, TurnTexts>();
  const head = `{"kind":"texts","conversation":${conversation},`;
  for (const source of await sourcesOf(path)) {
    for await (const line of ledgerLines(source, (text) => text.startsWith(head))) {
      if (line.kind === 'texts') found.set(turnKey(line), { request: shown(line.request), answer: shown(line.answer) });
    }
  }
  return found;
}

/** Until the run has ended, its texts are in its ledgers. */
async function sourcesOf(path: string): Promise<readonly string[]> {
  const folder = runFolder(path);
  if (existsSync(folder.texts)) return [folder.texts];
  if (existsSync(folder.parquet)) return [];
  const { keepTexts } = await readPlan(folder).catch(() => ({ keepTexts: undefined }));
  return keepTexts === undefined ? [] : runLedgers(path);
}

function shown(body: KeptTexts['request']): string;
function shown(body: KeptTexts['answer']): string | null;
function shown(body: unknown): string | null {
  if (body === undefined) return null;
  return typeof body === 'string' ? body : JSON.stringify(body, null, 2);
}
