import type { Io } from './io.ts';
import { newGuard } from './secrets/guard.ts';

/** The real process as a command sees it. The first SIGINT or SIGTERM asks commands to stop; a second one ends the process. */
export function processIo(): Io {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal));
  // A reader that went away (`| head`) is no fault.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreBrokenPipe);
  return {
    out: (text) => process.stdout.write(text),
    reveal: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    guard: newGuard(process.env),
    env: process.env,
    cwd: process.cwd(),
    interactive: process.stderr.isTTY === true,
    signal: stop.signal,
  };
}

function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
