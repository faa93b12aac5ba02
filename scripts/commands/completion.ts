import { EXIT } from '../foundation/exit-codes.ts';
import type { Command } from '../foundation/io.ts';
import { readProfiles } from '../run/plan/profiles.ts';
import { COMPLETIONS } from './completion-script.ts';
import type { CompletionOptions } from './flags/completion-flags.ts';
import { COMMANDS } from './index.ts';

/** Writes the completion script of a shell, made from the tables of all commands. */
export const completion: Command<CompletionOptions> = async ({ shell }, io) => {
  io.out(COMPLETIONS[shell](COMMANDS, Object.keys(readProfiles(io.cwd))));
  return EXIT.pass;
};
