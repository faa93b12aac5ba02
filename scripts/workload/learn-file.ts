import type { Arrivals, ArrivalsWarning } from '../../contracts/generated/arrivals.ts';
import { HarnessError, usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import { count, plural } from '../foundation/text/format.ts';
import { runFolder } from '../ledger/run-folder.ts';
import { mergeRunners } from '../run/runners/merge-ledgers.ts';
import { Conversations, MOST_MESSAGES } from './import/conversations.ts';
import { openSource, type Source } from './import/open-source.ts';
import type { Note } from './import/said-message.ts';
import type { KeepText, Observed } from './observed.ts';
import { Tally } from './tally.ts';
import { type ModelOptions, type ModelTask, writeModel } from './write-model.ts';

export interface LearnFileOptions extends ModelOptions {
  readonly path: string;
  /** As the user named it. */
  readonly shownAs: string;
  /** Back from the last message; without it, as long as the file is. */
  readonly sinceMs: number | undefined;
}

export interface LearnFileTask extends ModelTask {
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

/** A longer window has more hours than a model should. */
export const LONGEST_MS = 731 * 86_400_000;
const TOLD_EVERY = 500_000;

/**
 * Learns a model of the conversations of a file, and writes it. A file is taken to hold whole conversations.
 * @throws HarnessError (2) that names what is wrong in the file, (6) where there is nothing to learn from
 */
export async function learnFile(options: LearnFileOptions, task: LearnFileTask): Promise<Arrivals> {
  const { path, shownAs, scripts, seed, sinceMs = LONGEST_MS } = options;
  await mergeRunners(runFolder(path), task.redact);
  const source = await openSource(path, shownAs);
  if (task.keep !== undefined && source.kind === 'ledger')
    throw usageError(`--keep-text: ${source.shownAs} is from a run, and has no texts of customers`);
  const warnings: ArrivalsWarning[] = [];
  const conversations = await gather(source, (warning) => warnings.push(warning), task);
  const nowMs = Date.now();
  const span = conversations.span(nowMs);
  if (span === undefined) throw nothingIn(options, conversations, nowMs);
  const since = Math.max(span.since, span.until - sinceMs);
  const tally = new Tally({ sinceMs: since, openFromMs: Number.POSITIVE_INFINITY }, scripts, seed);
  for (const item of conversations.shapes(nowMs)) tally.add(item);
  if (task.keep !== undefined) await addTexts(tally, source, task.keep, nowMs);
  const window = { kind: source.kind, since, until: span.until };
  return writeModel({ tally, source: window, warnings: [...warnings, ...warningsOf(conversations)] }, options, task);
}

/** Of the sample alone: the file is read again, since not all of its texts may fit into memory. */
async function addTexts({ sample }: Tally, source: Source, keep: KeepText, nowMs: number): Promise<void> {
  const conversations = new Conversations(new Set(sample.map(({ key }) => key)));
  for await (const message of source.messages(() => undefined)) conversations.add(message);
  const withTexts = new Map<string, Observed>();
  for (const item of conversations.shapes(nowMs, keep)) if (typeof item === 'object') withTexts.set(item.key, item);
  for (const [index, item] of sample.entries()) sample[index] = withTexts.get(item.key) ?? item;
}

async function gather(source: Source, note: Note, { say, signal }: LearnFileTask): Promise<Conversations> {
  const conversations = new Conversations();
  let messages = 0;
  for await (const message of source.messages(note)) {
    conversations.add(message);
    messages += 1;
    if (messages % TOLD_EVERY > 0) continue;
    signal.throwIfAborted();
    say(`${plural(messages, 'message')} read.\n`);
  }
  return conversations;
}

function nothingIn({ shownAs }: LearnFileOptions, conversations: Conversations, nowMs: number): HarnessError {
  const reasons = new Map<string, number>();
  for (const item of conversations.shapes(nowMs)) {
    const reason = item === 'withoutTimes' ? 'have implausible times' : 'have no turn of a user, agent or other bot';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const why = [...reasons].map(([reason, n]) => `${count(n)} ${reason}`).join(', ');
  const what = `none of ${plural(conversations.size, 'conversation')} in ${shownAs} can be learnt from`;
  return new HarnessError(
    EXIT.noEvidence,
    conversations.size === 0 ? `${shownAs} has no conversations` : `${what}: ${why}`,
  );
}

const warningsOf = ({ repeated, dropped }: Conversations): ArrivalsWarning[] => [
  ...(repeated === 0 ? [] : [{ code: 'messages-repeated', messages: repeated } as const]),
  ...(dropped === 0 ? [] : [{ code: 'messages-beyond', messages: dropped, most: MOST_MESSAGES } as const]),
];
