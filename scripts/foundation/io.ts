import type { Guard } from './guard.ts';

/** Everything a command may touch of the process it runs in; tests pass their own. */
export interface Io {
  /** The product: a result, a report. */
  readonly out: (text: string) => void;
  /** A result as one line of JSON on standard output: redacted value by value, so that it stays valid. */
  readonly json: (value: object) => void;
  /** As `out`, but never redacted: only for what opens a server of this process and nothing else, such as the reference server's keys. */
  readonly reveal: (text: string) => void;
  /** Progress, notes and errors. */
  readonly err: (text: string) => void;
  /** As `err`, but with control sequences: only for a display that redraws itself, whose text went through `forTerminal`. */
  readonly redraw: (text: string) => void;
  /** What neither `out`, `err` nor any file may hold. */
  readonly guard: Guard;
  /** All of standard input, where it is no terminal. */
  readonly readStdin: () => Promise<string>;
  /** Certificates of the target are not looked at: somebody has asked for that. */
  readonly insecureTls: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Working folder that relative paths of flags start from. */
  readonly cwd: string;
  /** Whether `err` is a terminal that can redraw a line. */
  readonly interactive: boolean;
  /** Asks the person at the terminal for a line; undefined where there is none, as in CI. */
  readonly ask?: (question: string) => Promise<string | undefined>;
  /** Leaves work for when all results were searched for secrets and the exit code is final; undefined outside of `main`. */
  readonly atEnd?: (work: (exitCode: number) => Promise<void>) => void;
  /** Aborted by a signal to stop. */
  readonly signal: AbortSignal;
}

/** A command: parsed options in, exit code out. */
export type Command<Options> = (options: Options, io: Io) => Promise<number>;
