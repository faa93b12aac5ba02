import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { scriptTable, templateOf } from '../../../contracts/template.ts';
import type { PastConversation } from '../../reference-server/index.ts';
import type { Bank } from '../../workload/bank.ts';
import { learntScripts } from '../../workload/learnt-scripts.ts';
import { observe } from '../../workload/observed.ts';
import { compareModels } from '../../workload/shape/compare-models.ts';

/** So few of 500 scripts are hardly ever drawn twice, which would make them fewer than they seem. */
const RUN = 60;
const HISTORY = 1_000;

/** The scripts that the conversations of a run follow. */
export function simulatedRun(scripts: readonly ConversationScript[], seed: number): ConversationScript[] {
  const table = scriptTable(scripts);
  return Array.from({ length: RUN }, (_, conversation) => scripts[templateOf(seed, conversation, table)]).filter(
    (script) => script !== undefined,
  );
}

/** Conversations of a history in the form of scripts, rounded as those of a model are. */
export function pastScripts(history: readonly PastConversation[], bank: Bank): ConversationScript[] {
  const stride = Math.max(1, Math.floor(history.length / HISTORY));
  const observed = history.flatMap(({ messages, channel }, index) => {
    if (index % stride !== 0) return [];
    const events = messages.map(({ at, role, text }) => ({ createdAt: at, role, message: text }));
    const it = observe({ id: String(index), channel, events }, Number.MAX_SAFE_INTEGER);
    return typeof it === 'string' ? [] : [it];
  });
  return learntScripts(observed, bank, 1);
}

/** Whether any distribution of a run differs from that of a history. */
export function differs(run: readonly ConversationScript[], history: readonly ConversationScript[]): boolean {
  const model = (name: string, scripts: readonly ConversationScript[]) => ({ name, scripts, arrivals: undefined });
  return compareModels(model('run', run), model('history', history)).distributions.some((it) => it.differs);
}
