import { EXIT } from '../foundation/exit-codes.ts';
import type { Command } from '../foundation/io.ts';
import { readProfiles } from '../run/plan/profiles.ts';
import type { CommandEntry } from './command-entry.ts';
import { COMPLETIONS } from './completion-script.ts';
import type { CompletionOptions } from './flags/completion-flags.ts';

/** Writes the completion script of a shell, made from the tables of these commands. */
export function completionOf(commands: readonly CommandEntry[]): Command<CompletionOptions> {
  return async ({ shell }, io) => {
    io.out(COMPLETIONS[shell](commands, Object.keys(readProfiles(io.cwd))));
    return EXIT.pass;
  };
}
