import type { Command as CommandLine } from 'commander';
import type { Command, Io } from '../foundation/io.ts';
import { readLine } from './flags/command-line.ts';
import type { FlagTable, OptionsOf } from './flags/flag-table.ts';

/** One row of the command table. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly flags: FlagTable;
  /** Runs what a line says; `rest` is what stands after `--`. */
  readonly run: (line: CommandLine, rest: readonly string[], io: Io) => Promise<number>;
}

/** A row; the command's code is loaded only when it runs, so that `--help` is quick. */
export function entry<Table extends FlagTable>(
  name: string,
  summary: string,
  flags: Table,
  load: () => Promise<Command<OptionsOf<Table>>>,
): CommandEntry {
  const run: CommandEntry['run'] = async (line, rest, io) => {
    const options = readLine(flags, line, rest);
    const command = await load();
    return command(options, io);
  };
  return { name, summary, flags, run };
}
