import type { Io } from '../scripts/foundation/io.ts';
import { jsonText } from '../scripts/foundation/text/printable.ts';
import { newGuard } from '../scripts/secrets/guard.ts';

export interface RecordedIo extends Io {
  /** What was written so far. */
  readonly said: () => { readonly out: string; readonly err: string };
}

/** An Io that records what is written. */
export function recordedIo(over: Partial<Io> = {}): RecordedIo {
  let out = '';
  let err = '';
  const say = (text: string): void => {
    out += text;
  };
  const tell = (text: string): void => {
    err += text;
  };
  return {
    out: say,
    json: (value) => say(jsonText(value)),
    reveal: say,
    err: tell,
    redraw: tell,
    readStdin: () => Promise.resolve(''),
    insecureTls: false,
    guard: newGuard(over.env),
    env: {},
    cwd: process.cwd(),
    interactive: false,
    signal: new AbortController().signal,
    said: () => ({ out, err }),
    ...over,
  };
}
