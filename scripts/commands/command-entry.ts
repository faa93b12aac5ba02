import type { Command as CommandLine } from 'commander';
import { usageError } from '../foundation/errors.ts';
import type { Command, Io } from '../foundation/io.ts';

/** The command line of a command: what `--help` shows, and how flags become its options. */
export interface Flags<Options> {
  /** Adds arguments, flags and examples. */
  readonly define: (line: CommandLine) => void;
  /** The options of a parsed line; `rest` is what stands after `--`. */
  readonly read: (line: CommandLine, rest: readonly string[]) => Options;
  /** Whether anything may stand after `--`. */
  readonly takesRest?: boolean;
}

/** Of a command that takes none. */
export const noFlags: Flags<void> = { define: () => undefined, read: () => undefined };

/** One row of the command table. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly hidden: boolean;
  readonly define: (line: CommandLine) => void;
  readonly run: (line: CommandLine, rest: readonly string[], io: Io) => Promise<number>;
}

/** A row; the command's code is loaded only when it runs, so that `--help` is quick. */
export function entry<Options>(
  name: string,
  summary: string,
  flags: Flags<Options>,
  load: () => Promise<Command<Options>>,
  { hidden = false } = {},
): CommandEntry {
  return {
    name,
    summary,
    hidden,
    define: flags.define,
    run: async (line, rest, io) => {
      if (rest.length > 0 && flags.takesRest !== true) throw usageError(`${name} takes nothing after --`);
      const options = flags.read(line, rest);
      const command = await load();
      return command(options, io);
    },
  };
}

/** A number where the text is one; anything else stays text, for the schema of the configuration to complain about. */
export function numeric(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** A part of `--help` with a heading; nothing where it has no lines. */
export function section(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${heading}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

/** The end of a command's `--help`. */
export const examples = (...lines: readonly string[]): string => `${section('Examples', lines)}\n`;
