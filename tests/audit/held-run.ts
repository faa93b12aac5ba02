import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan, Target } from '../../contracts/generated/plan.ts';
import type { ConversationScript } from '../../contracts/generated/workload.ts';
import { referenceText, runHash } from '../../contracts/reference.ts';
import { messageHash } from '../../scripts/http/stored-conversation.ts';
import type { ReferenceServer } from '../../scripts/reference-server/index.ts';
import { makePlan } from '../../scripts/run/plan/make-plan.ts';
import { planInput } from '../run/plan/sample-input.ts';

const SCRIPTS: [ConversationScript, ...ConversationScript[]] = [{ id: 'one', turns: [{ content: 'Where is it?' }] }];

interface Answered {
  readonly id: string;
  readonly role: string;
  readonly createdAt: number;
  readonly message: string;
}

/** The folder of a plan for this target, with these ledger lines. */
export async function runFolderOf(cwd: string, target: Target, lines: readonly object[]): Promise<string> {
  const workload = { source: 'test', sha256: '0', conversations: SCRIPTS };
  const plan: Plan = makePlan(await planInput({ target, workload }));
  const folder = join(cwd, 'run');
  mkdirSync(folder);
  writeFileSync(join(folder, 'run.json'), JSON.stringify(plan));
  writeFileSync(join(folder, 'turns.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return folder;
}

/** Says one turn in each of so many conversations with a server, and leaves the folder of a run that did so. */
export async function heldRun(cwd: string, { url, botId, keys }: ReferenceServer, conversations: number) {
  const lines: object[] = [];
  for (let conversation = 0; conversation < conversations; conversation++) {
    const key = { conversation, turn: 0, attempt: 0, lane: 0 };
    const content = `Where is it? ${referenceText({ run: runHash('run'), conversation, turn: 0 })}`;
    const sentAt = Date.now();
    const answer = await fetch(`${url}/v2/hc-interactions/events/public`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.readWrite}`, 'content-type': 'application/json' },
      body: JSON.stringify({ botId, content }),
    });
    const events = ((await answer.json()) as Answered[]).map(({ id, role, createdAt, message }) => ({
      ...{ id, role, createdAt, chars: message.length },
      ...(role === 'finibot' ? { hash: messageHash(message) } : {}),
    }));
    lines.push({ kind: 'sent', ...key, role: 'user', intendedAt: sentAt, sentAt });
    const took = { settledAt: Date.now(), durationMs: 1, waitingMs: 1, connectMs: 0, bytes: 1 };
    const outcome = { outcome: 'answered', status: 200, errorCode: 0, violations: [] };
    lines.push({ kind: 'settled', ...key, ...took, ...outcome, events });
  }
  return runFolderOf(cwd, { baseUrl: url, botId, embedded: false }, lines);
}
