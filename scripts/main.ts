import { CommanderError, Command as CommandLine } from 'commander';
import { redactStrings } from '../contracts/redact.ts';
import type { CommandEntry } from './commands/command-entry.ts';
import { defineLine, readLine } from './commands/flags/command-line.ts';
import { type GlobalOptions, globalFlags } from './commands/flags/global-flags.ts';
import { COMMANDS } from './commands/index.ts';
import { HarnessError } from './foundation/errors.ts';
import { EXIT } from './foundation/exit-codes.ts';
import type { Io } from './foundation/io.ts';
import { HARNESS_VERSION } from './foundation/package-root.ts';
import { removeLeftovers } from './foundation/private-leftovers.ts';
import { systemTrouble } from './foundation/system-trouble.ts';
import { forTerminal } from './foundation/text/terminal.ts';
import { useProxy } from './http/use-proxy.ts';
import { environmentOf } from './run/config/environment.ts';
import { assertNoKeyIn, withKeys } from './run/config/key-sources.ts';

/**
 * Runs one command line to its end and returns its exit code; never throws.
 * All text that a command writes passes through the redaction here, and all results through a search for what it missed.
 */
export async function main(argv: readonly string[], io: Io, commands = COMMANDS): Promise<number> {
  const ready = safe(io);
  let finish = async (_exitCode: number): Promise<void> => undefined;
  const atEnd: Io['atEnd'] = (work) => {
    finish = work;
  };
  const exitCode = await attempt(ready, async () => {
    const env = environmentOf(io);
    io.guard.protectKeys(env);
    assertNoKeyIn(argv, env);
    return dispatch(argv, { ...ready, env, atEnd }, commands);
  });
  const final = await attempt(ready, () => sealed(exitCode, ready));
  return attempt(ready, () => finish(final).then(() => final));
}

/** The search of what was written is loaded only where something was. */
async function sealed(exitCode: number, io: Io): Promise<number> {
  if (io.guard.watched().length === 0) return exitCode;
  const { seal } = await import('./secrets/seal.ts');
  return seal(exitCode, io);
}

async function attempt(io: Io, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    return report(error, io);
  }
}

/** What nobody awaited has failed: told as any fault, for Node would tell it without the redaction. */
export function crash(error: unknown, io: Io): number {
  return report(error, safe(io));
}

/** The one place where text leaves the process: without secrets, and without what would act upon a terminal or a workflow. */
function safe(io: Io): Io {
  const { redact } = io.guard;
  return {
    ...io,
    out: (text) => io.out(forTerminal(redact(text))),
    json: (value) => io.json(redactStrings(value, redact) as object),
    err: (text) => io.err(forTerminal(redact(text))),
    redraw: (text) => io.redraw(redact(text)),
  };
}

async function dispatch(argv: readonly string[], io: Io, commands: readonly CommandEntry[]): Promise<number> {
  const dashes = argv.indexOf('--');
  const own = dashes === -1 ? argv : argv.slice(0, dashes);
  const rest = dashes === -1 ? [] : argv.slice(dashes + 1);
  let exitCode: number = EXIT.pass;
  const program = programOf(io);
  let ready = io;
  program.hook('preAction', async () => {
    await removeLeftovers();
    ready = await withGlobals(readLine(globalFlags, program, []), io);
  });
  for (const command of commands) {
    const line = program.command(command.name).summary(command.summary);
    line.description(sentence(command.summary)).allowExcessArguments(false);
    defineLine(line, command.flags);
    line.action(async () => {
      exitCode = await command.run(line, rest, ready);
    });
  }
  await program.parseAsync(own, { from: 'user' });
  return exitCode;
}

/** What the flags of every command change of the process as commands see it. */
async function withGlobals({ insecureSkipTlsVerify: insecureTls, ...keys }: GlobalOptions, io: Io): Promise<Io> {
  const env = await withKeys(keys, io.env, io);
  io.guard.protectKeys(env);
  await useProxy(env, insecureTls);
  return { ...io, env, insecureTls };
}

function programOf(io: Io): CommandLine {
  const program = new CommandLine('fini-harness')
    .description("Load and contract testing for Fini's Conversations API.")
    .version(HARNESS_VERSION)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err, outputError: () => undefined });
  defineLine(program, globalFlags);
  return program;
}

const sentence = (summary: string): string => `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;

/** What went wrong, in one message; a stack trace only for a fault of the harness, and only when asked for. */
function report(error: unknown, io: Io): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.pass;
    // Called without a command, commander has shown the help by now.
    if (error.code !== 'commander.help') io.err(`${error.message.replace('\n(Did', ' (did')}\n`);
    return EXIT.usage;
  }
  if (error instanceof HarnessError) {
    io.err(`error: ${indented(error.message)}\n`);
    return error.exitCode;
  }
  const trouble = systemTrouble(error);
  if (trouble !== undefined) {
    io.err(`error: ${indented(trouble)}\n`);
    return EXIT.harnessFault;
  }
  const fault = error instanceof Error ? error : new Error(String(error));
  const debug = io.env.FINI_HARNESS_DEBUG === '1';
  io.err(`harness fault: ${indented(debug ? (fault.stack ?? fault.message) : fault.message)}\n`);
  if (!debug) io.err('This is a defect of fini-harness; FINI_HARNESS_DEBUG=1 shows the stack trace.\n');
  return EXIT.harnessFault;
}

/** A message may quote others: no line of it looks like one of ours. */
const indented = (message: string): string => message.replaceAll('\n', '\n  ');
