import { Argument as ArgumentLine, type Command as CommandLine, Option } from 'commander';
import { usageError } from '../../foundation/errors.ts';
import { didYouMean } from '../../foundation/nearest.ts';
import { listScenarios } from '../../run/plan/profiles.ts';
import type { Argument, Flag, FlagTable, OptionsOf } from './flag-table.ts';
import { parserOf, shown, VALUES } from './flag-values.ts';

/** Adds what a table names to a command line, and its help. */
export function defineLine(line: CommandLine, { arguments: args = {}, flags, rest, examples }: FlagTable): void {
  for (const [name, argument] of Object.entries(args)) {
    const { help, default: fallback } = argument;
    line.addArgument(new ArgumentLine(placeholder(name, argument), help).default(fallback, fallback?.join(' ')));
  }
  if (rest !== undefined) {
    const places = Object.entries(args).map(([name, argument]) => placeholder(name, argument));
    line.usage([...places, '[options]', `[-- <${rest}>]`].join(' '));
  }
  defineFlags(line, flags);
  if (Object.values(args).some(({ type }) => type === 'scenario')) {
    line.addHelpText('after', () => section('Scenarios', listScenarios('.')));
  }
  line.addHelpText('after', `${section('Examples', examples)}\n`);
}

/** Adds flags to a command line. */
function defineFlags(line: CommandLine, flags: FlagTable['flags']): void {
  for (const [name, flag] of Object.entries(flags)) line.addOption(optionOf(name, flag));
}

/**
 * What was typed, by the names of the table.
 * @throws HarnessError (2) for what the table does not allow
 */
export function readLine<Table extends FlagTable>(
  table: Table,
  line: CommandLine,
  rest: readonly string[],
): OptionsOf<Table> {
  if (rest.length > 0 && table.rest === undefined) throw usageError(`${line.name()} takes nothing after --`);
  const args = Object.entries(table.arguments ?? {}).map(([name, argument], index) => {
    const value: unknown = line.processedArgs[index] ?? (argument.many === true ? [] : undefined);
    assertChoice(line.name(), name, argument, value);
    return [name, value];
  });
  const options: unknown = { ...Object.fromEntries(args), ...readFlags(table.flags, line), rest };
  return options as OptionsOf<Table>;
}

/** What was typed of flags, by their names. */
function readFlags(flags: FlagTable['flags'], line: CommandLine): Readonly<Record<string, unknown>> {
  const typed = line.opts<Record<string, unknown>>();
  const values = Object.entries(flags).map(([name, { type, many, default: unset }]) => {
    return [name, typed[name] ?? unset ?? (many === true ? [] : type === 'switch' ? false : undefined)];
  });
  return Object.fromEntries(values);
}

/** A part of the help with a heading; nothing where it has no lines. */
export function section(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${heading}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

/** `--confirm-target` of `confirmTarget`. */
export const flagName = (name: string): string =>
  `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function optionOf(name: string, flag: Flag): Option {
  const { type, help, value = VALUES[type], default: unset, fallback, heading } = flag;
  const isSwitch = value === undefined;
  const long = unset === true ? flagName(name).replace('--', '--no-') : flagName(name);
  const option = new Option(
    isSwitch ? long : `${long} <${value}>`,
    fallback === undefined ? help : `${help} (default: ${fallback})`,
  );
  if (heading !== undefined) option.helpGroup(heading);
  if (isSwitch) return option;
  if (unset !== undefined) option.default(unset, shown(type, unset));
  const parse = parserOf(flagName(name), flag);
  if (flag.many !== true) return option.argParser(parse);
  return option.argParser((text, before: readonly unknown[] = []) => [...before, parse(text)]);
}

function placeholder(name: string, { optional, many }: Argument): string {
  const inner = many === true ? `${name}...` : name;
  return optional === true ? `[${inner}]` : `<${inner}>`;
}

function assertChoice(command: string, name: string, { choices }: Argument, value: unknown): void {
  if (choices === undefined || typeof value !== 'string' || choices.includes(value)) return;
  const advice = didYouMean(value, choices) || `; it has ${choices.join(', ')}`;
  throw usageError(`${command} has no ${name} ${value}${advice}`);
}
