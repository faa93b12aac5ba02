import type { Notification } from '../../contracts/generated/notification.ts';
import { redactStrings } from '../../contracts/redact.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { printable } from '../foundation/text/printable.ts';
import { addressOf, postJson } from '../http/post-json.ts';
import type { Judged } from './judged.ts';

/** Nobody waits for a chat. */
const TIMEOUT_MS = 5_000;
const MOST_REASONS = 10;

interface Notifying {
  readonly notify: string | undefined;
}

/** A command that says what it found, beside its exit code. */
type JudgingCommand<Options> = (options: Options, io: Io, judged: (found: Judged) => void) => Promise<number>;

/**
 * A command with `--notify`: where it ends with another exit code than 0, and nobody has stopped it, it posts a notification,
 * once its results were searched for secrets.
 * A webhook that does not take it is said so on standard error, and changes nothing.
 */
export function notifying<Options extends Notifying>(
  command: Notification['command'],
  run: JudgingCommand<Options>,
): Command<Options> {
  return async (options, io) => {
    if (options.notify === undefined) return run(options, io, () => undefined);
    const webhook = addressOf('--notify', options.notify);
    let found: Judged = { reasons: [] };
    io.atEnd?.((exitCode) => post(webhook, notificationOf(command, exitCode, found), io));
    return run(options, io, (judged) => {
      found = judged;
    });
  };
}

/** Undefined where there is nothing to report. */
function notificationOf(command: Notification['command'], exitCode: number, found: Judged): Notification | undefined {
  const outcome = OUTCOMES[exitCode];
  if (outcome === undefined) return undefined;
  // What a search had to take away may stand in a reason, too.
  const reasons = exitCode === EXIT.leaked ? [] : found.reasons.slice(0, MOST_REASONS);
  const of = found.scenario === undefined ? '' : ` of ${found.scenario}`;
  const on = found.target === undefined ? '' : ` on ${found.target}`;
  const why = reasons.length === 0 ? '' : `. ${reasons.join('; ')}`;
  const text = `fini-harness ${command}${of}${on}: ${outcome} (exit code ${exitCode})${why}`;
  return { version: 1, text, command, exitCode, outcome, ...found, reasons };
}

const OUTCOMES: Readonly<Record<number, Notification['outcome']>> = {
  [EXIT.harnessFault]: 'harness-fault',
  [EXIT.usage]: 'usage',
  [EXIT.gateFailed]: 'gate-failed',
  [EXIT.contractViolated]: 'contract-violated',
  [EXIT.regression]: 'regression',
  [EXIT.noEvidence]: 'no-evidence',
  [EXIT.refused]: 'refused',
  [EXIT.unreachable]: 'unreachable',
  [EXIT.leaked]: 'quarantined',
};

async function post(webhook: URL, notification: Notification | undefined, { guard, signal, err }: Io): Promise<void> {
  if (notification === undefined) return;
  const body = redactStrings(notification, (text) => printable(guard.redact(text))) as object;
  const { trouble } = await postJson(webhook, { body, timeoutMs: TIMEOUT_MS, signal });
  if (trouble !== undefined)
    err(`--notify: ${webhook.host} did not accept the message: ${trouble}. The verdict is unchanged.\n`);
}
