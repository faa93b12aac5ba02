import type { CommandEntry } from './command-entry.ts';
import { flagName } from './flags/command-line.ts';
import type { SHELLS } from './flags/completion-flags.ts';
import type { Argument, Flag, FlagTable } from './flags/flag-table.ts';
import { VALUES } from './flags/flag-values.ts';
import { globalFlags } from './flags/global-flags.ts';

const PROGRAM = 'fini-harness';

/** What can stand at a place: words, files or folders. */
type Values = { readonly words: readonly string[] } | 'files' | 'folders' | 'anything';

interface CompletedFlag {
  readonly name: string;
  readonly help: string;
  /** Undefined of a switch. */
  readonly values: Values | undefined;
}

interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
  /** What its arguments can be. */
  readonly values: Values;
}

type Completion = (commands: readonly CommandEntry[], scenarios: readonly string[]) => string;

/** The script of each shell; it names commands, flags, choices and scenarios, and leaves files to the shell. */
export const COMPLETIONS: Readonly<Record<(typeof SHELLS)[number], Completion>> = {
  bash: (commands, scenarios) => bash(completed(commands, scenarios)),
  zsh: (commands, scenarios) => zsh(completed(commands, scenarios)),
  fish: (commands, scenarios) => fish(completed(commands, scenarios)),
};

function completed(commands: readonly CommandEntry[], scenarios: readonly string[]): CompletedCommand[] {
  return commands.map(({ name, summary, flags: table }) => ({
    name,
    summary,
    flags: Object.entries({ ...table.flags, ...globalFlags.flags }).map(([key, flag]) => flagOf(key, flag)),
    values: argumentValues(table, scenarios),
  }));
}

function flagOf(key: string, flag: Flag): CompletedFlag {
  const { type, help, choices, value = VALUES[type], default: unset } = flag;
  const name = unset === true ? flagName(key).replace('--', '--no-') : flagName(key);
  if (value === undefined) return { name, help, values: undefined };
  const files = type === 'file' ? 'files' : type === 'folder' ? 'folders' : 'anything';
  return { name, help, values: choices === undefined ? files : { words: choices } };
}

function argumentValues({ arguments: args = {} }: FlagTable, scenarios: readonly string[]): Values {
  const list: readonly Argument[] = Object.values(args);
  const words = list.flatMap(({ type, choices = [] }) => [...choices, ...(type === 'scenario' ? scenarios : [])]);
  return words.length > 0 ? { words } : list.some(({ type }) => type === 'folder') ? 'folders' : 'files';
}

/** A word for single quotes of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const compgen = (values: Values): string => {
  if (values === 'files') return 'compgen -f -- "$word"';
  if (values === 'folders') return 'compgen -d -- "$word"';
  return values === 'anything' ? 'true' : `compgen -W ${quoted(values.words.join(' '))} -- "$word"`;
};

function bash(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, flags, values }) => [
    `    ${name})`,
    '      case "$before" in',
    ...flags.flatMap((flag) =>
      flag.values === undefined ? [] : [`        ${flag.name}) found=$(${compgen(flag.values)}) ;;`],
    ),
    `        *) if [[ $word == -* ]]; then found=$(compgen -W ${quoted(flags.map((flag) => flag.name).join(' '))} -- "$word")`,
    `           else found=$(${compgen(values)}); fi ;;`,
    '      esac ;;',
  ]);
  return `${[
    `# bash completion of ${PROGRAM}`,
    '_fini_harness() {',
    '  local word=$2 before=$3 found',
    `  case "\${COMP_WORDS[1]}" in`,
    ...lines,
    `    *) found=$(compgen -W ${quoted(commands.map(({ name }) => name).join(' '))} -- "$word") ;;`,
    '  esac',
    "  local IFS=$'\\n'",
    '  COMPREPLY=($found)',
    '}',
    `complete -o filenames -F _fini_harness ${PROGRAM}`,
  ].join('\n')}\n`;
}

/** A description inside the brackets of zsh's `_arguments`. */
const described = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');

const zshValues = (values: Values): string => {
  if (values === 'files') return '_files';
  if (values === 'folders') return '_files -/';
  return values === 'anything' ? ' ' : `(${values.words.join(' ')})`;
};

function zsh(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, flags, values }) => [
    `    ${name})`,
    '      _arguments \\',
    ...flags.map((flag) => {
      const value = flag.values === undefined ? '' : `:value:${zshValues(flag.values)}`;
      return `        ${quoted(`${flag.name}[${described(flag.help)}]${value}`)} \\`;
    }),
    `        ${quoted(`*:argument:${zshValues(values)}`)} ;;`,
  ]);
  return `${[
    `#compdef ${PROGRAM}`,
    '_fini_harness() {',
    '  local -a commands',
    '  commands=(',
    ...commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`),
    '  )',
    '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
    '  local command=$words[2]',
    '  shift words; (( CURRENT-- ))',
    '  case $command in',
    ...lines,
    '  esac',
    '}',
    `compdef _fini_harness ${PROGRAM}`,
  ].join('\n')}\n`;
}

/** Fish escapes only backslash and quote within single quotes. */
const fishQuoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const fishValues = (values: Values): string => {
  if (values === 'files') return ' -r -F';
  if (values === 'folders') return " -x -a '(__fish_complete_directories)'";
  return values === 'anything' ? ' -x' : ` -x -a ${fishQuoted(values.words.join(' '))}`;
};

function fish(commands: readonly CompletedCommand[]): string {
  const start = `complete -c ${PROGRAM}`;
  const lines = commands.flatMap(({ name, summary, flags, values }) => {
    const here = `${start} -n ${fishQuoted(`__fish_seen_subcommand_from ${name}`)}`;
    return [
      `${start} -f -n __fish_use_subcommand -a ${name} -d ${fishQuoted(summary)}`,
      ...flags.map((flag) => {
        const value = flag.values === undefined ? '' : fishValues(flag.values);
        return `${here} -l ${flag.name.slice(2)}${value} -d ${fishQuoted(flag.help)}`;
      }),
      ...(typeof values === 'object' ? [`${here} -f -a ${fishQuoted(values.words.join(' '))}`] : []),
    ];
  });
  return `${[`# fish completion of ${PROGRAM}`, ...lines].join('\n')}\n`;
}
