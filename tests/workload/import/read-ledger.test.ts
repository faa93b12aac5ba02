import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LedgerLine } from '../../../contracts/generated/ledger.ts';
import { openSource } from '../../../scripts/workload/import/open-source.ts';
import type { SaidMessage } from '../../../scripts/workload/import/said-message.ts';
import { laneLines, type MadeTurn, PLAN, ZERO } from '../../analysis/made-run.ts';
import { scratch } from '../../cli/scratch.ts';

const TURNS: MadeTurn[] = [
  { conversation: 0, turn: 0, atMs: 0, durationMs: 2_000 },
  { conversation: 0, turn: 1, attempt: 0, atMs: 10_000, outcome: 'timed-out', status: 0, durationMs: 1_000 },
  { conversation: 0, turn: 1, attempt: 1, atMs: 12_000, durationMs: 3_000 },
  { conversation: 1, turn: 0, atMs: 5_000, outcome: 'absent' },
];
/** Conversation 0 has ended, 1 was cut. */
const lines = laneLines(TURNS, 0).flatMap((line): LedgerLine[] => {
  if (line.kind !== 'conversation') return [line];
  return line.conversation === 0 ? [{ ...line, template: 'made' }] : [];
});
const LEDGER = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const script = { id: 'made', language: 'de', turns: [{ content: 'Guten Tag' }, { content: 'Danke' }] };
const plan = { ...PLAN, workload: { source: 'test', sha256: '0', conversations: [script] } };
async function messagesOf(folder: string, name: string): Promise<SaidMessage[]> {
  const messages: SaidMessage[] = [];
  const source = await openSource(name === '.' ? folder : join(folder, name), name);
  expect(source.kind).toBe('ledger');
  for await (const message of source.messages(() => undefined)) messages.push(message);
  return messages;
}

const said = (conversation: string, atMs: number, chars: number, language: string) =>
  expect.objectContaining({ conversation, at: ZERO + atMs, role: 'user', chars, language });
const answered = (conversation: string, atMs: number) =>
  expect.objectContaining({ conversation, at: ZERO + atMs, role: 'finibot' });

describe("a run's ledger", () => {
  it.each([
    ['its folder', '.', false],
    ['its file', 'turns.ndjson', false],
    ['its packed file', 'turns.ndjson.gz', true],
    ['the folder of a packed one', '.', true],
  ])('is read by %s: a turn that was tried again was said once', async (_, name, isPacked) => {
    const folder = scratch({ 'run.json': plan });
    writeFileSync(join(folder, isPacked ? 'turns.ndjson.gz' : 'turns.ndjson'), isPacked ? gzipSync(LEDGER) : LEDGER);
    expect(await messagesOf(folder, name)).toEqual([
      ...[said('0', 0, 9, 'de'), answered('0', 2_000), said('0', 10_000, 5, 'de'), answered('0', 15_000)],
      said('1', 5_000, 0, 'und'),
    ]);
  });

  it('of a run that was killed, or without its plan, is read as far as it goes', async () => {
    const folder = scratch({ 'other.ndjson': `${LEDGER}{"kind":"sent","conv` });
    const messages = await messagesOf(folder, 'other.ndjson');
    expect(messages.map(({ language }) => language)).toEqual(['und', undefined, 'und', undefined, 'und']);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['no turns', { 'a.ndjson': '{"kind":"lane-start"}\n' }, 'a.ndjson', 'a.ndjson has no turn of a run'],
    ['no ledger', { 'run.json': plan }, '.', 'is not the folder of a run: it contains no turns.ndjson'],
    ['a broken plan', { 'run.json': '{', 'turns.ndjson': LEDGER }, '.', 'run.json is damaged'],
    ['another ending', { 'a.txt': LEDGER }, 'a.txt', 'unknown file type'],
    ['a packed HAR file', { 'a.har.gz': LEDGER }, 'a.har.gz', 'unknown file type'],
    ['nothing there', {}, 'a.csv', 'there is no a.csv'],
  ])('with %s is refused', async (_, files, name, message) => {
    const error = await messagesOf(scratch(files), name).catch((it: unknown) => it);
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
  });
});
