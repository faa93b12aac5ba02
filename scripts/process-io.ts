import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { usageError } from './foundation/errors.ts';
import type { Io } from './foundation/io.ts';
import { INSISTING_SIGNALS, STOP_SIGNALS } from './foundation/stop-signals.ts';
import { jsonText } from './foundation/text/printable.ts';
import { wrapped } from './foundation/text/wrap.ts';
import { newGuard } from './secrets/guard.ts';

/** The real process as a command sees it. The first signal to stop asks commands to stop; a second one of its kind ends the process. */
export function processIo(): Io {
  const stop = new AbortController();
  verifyCertificates();
  for (const signal of STOP_SIGNALS) {
    const isInsisting = INSISTING_SIGNALS.includes(signal);
    process[isInsisting ? 'once' : 'on'](signal, () => stop.abort(signal));
  }
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreReaderGone);
  closeLostTerminals();
  return {
    out: onto(process.stdout),
    json: (value) => process.stdout.write(jsonText(value)),
    reveal: (text) => process.stdout.write(text),
    err: onto(process.stderr),
    redraw: (text) => process.stderr.write(text),
    readStdin,
    insecureTls: false,
    guard: newGuard(process.env),
    env: process.env,
    cwd: process.cwd(),
    interactive: process.stderr.isTTY === true,
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: (question) => ask(question, stop.signal) } : {}),
    signal: stop.signal,
  };
}

/** A terminal breaks lines anywhere; a file gets them as they are. */
const onto =
  (stream: NodeJS.WriteStream): ((text: string) => void) =>
  (text) =>
    void stream.write(stream.isTTY ? wrapped(text, stream.columns || 80) : text);

/** Node would stop looking at certificates without a word in any report; `--insecure-skip-tls-verify` has one. */
function verifyCertificates(): void {
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return;
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  process.stderr.write('NODE_TLS_REJECT_UNAUTHORIZED has no effect here; see --insecure-skip-tls-verify.\n');
}

async function readStdin(): Promise<string> {
  if (process.stdin.isTTY)
    throw usageError('--key-stdin: pipe the key into the command; typed into a terminal, it would be visible');
  const { text } = await import('node:stream/consumers');
  return text(process.stdin);
}

/** A reader that went away (`| head`), or a terminal that closed, is no fault. */
function ignoreReaderGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
}

/** As it exits, Node restores the settings of its terminals, and aborts where one has closed; what is closed here it leaves alone. */
function closeLostTerminals(): void {
  const terminals = [0, 1, 2].filter(isatty);
  process.once('exit', () => {
    for (const descriptor of terminals) if (!isatty(descriptor)) closeSync(descriptor);
  });
}

/** Undefined when Ctrl-C or the end of the input is the answer. */
async function ask(question: string, signal: AbortSignal): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises');
  // Without `terminal` the keyboard stays as it is, so that Ctrl-C still ends the process in order.
  const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  const ended = once(terminal, 'close', { signal }).then(() => undefined);
  try {
    return await Promise.race([terminal.question(question, { signal }), ended]);
  } catch {
    return undefined;
  } finally {
    terminal.close();
  }
}
