import type { CommandEntry } from './command-entry.ts';
import { flagName } from './flags/command-line.ts';
import type { SHELLS } from './flags/completion-flags.ts';
import type { Argument, Flag, FlagTable } from './flags/flag-table.ts';
import { VALUES } from './flags/flag-values.ts';
import { globalFlags } from './flags/global-flags.ts';

const PROGRAM = 'fini-harness';

/** What can stand at a place: words, and paths that the shell knows. */
interface Values {
  readonly words: readonly string[];
  readonly paths?: 'files' | 'folders' | undefined;
}

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

/** What a command line takes before a command. */
const PROGRAM_FLAGS: readonly CompletedFlag[] = [
  { name: '--help', help: 'display help', values: undefined },
  ...Object.entries(globalFlags.flags).map(([key, flag]) => flagOf(key, flag)),
];

function completed(commands: readonly CommandEntry[], scenarios: readonly string[]): CompletedCommand[] {
  return commands.map(({ name, summary, flags: table }) => ({
    name,
    summary,
    flags: [...Object.entries(table.flags).map(([key, flag]) => flagOf(key, flag)), ...PROGRAM_FLAGS],
    values: argumentValues(table, scenarios),
  }));
}

function flagOf(key: string, flag: Flag): CompletedFlag {
  const { type, help, choices: words = [], value = VALUES[type], default: unset } = flag;
  const name = unset === true ? flagName(key).replace('--', '--no-') : flagName(key);
  if (value === undefined) return { name, help, values: undefined };
  const paths = value === 'file' ? 'files' : value === 'folder' ? 'folders' : undefined;
  return { name, help, values: { words, paths } };
}

/** Of all arguments at once: which of them a word is, a shell cannot say simply. */
function argumentValues({ arguments: args = {} }: FlagTable, scenarios: readonly string[]): Values {
  const list: readonly Argument[] = Object.values(args);
  const words = list.flatMap(({ type, choices = [] }) => [...choices, ...(type === 'scenario' ? scenarios : [])]);
  if (list.some(({ type }) => type === 'folder')) return { words, paths: 'folders' };
  const takesFiles = list.some(({ type, choices }) => type === undefined && choices === undefined);
  return { words, paths: takesFiles ? 'files' : undefined };
}

/** A word for single quotes of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const namesOf = (flags: readonly CompletedFlag[]): Values => ({ words: flags.map(({ name }) => name) });

const compgen = ({ words, paths }: Values): string => {
  const offers = [
    ...(words.length > 0 ? [`compgen -W ${quoted(words.join(' '))} -- "$word"`] : []),
    ...(paths === undefined ? [] : [`compgen ${paths === 'files' ? '-f' : '-d'} -- "$word"`]),
  ];
  return offers.join('; ') || 'true';
};

function bash(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, flags, values }) => [
    `    ${name})`,
    '      case "$before" in',
    ...flags.flatMap((flag) =>
      flag.values === undefined ? [] : [`        ${flag.name}) found=$(${compgen(flag.values)}) ;;`],
    ),
    `        *) if [[ $word == -* ]]; then found=$(${compgen(namesOf(flags))})`,
    `           else found=$(${compgen(values)}); fi ;;`,
    '      esac ;;',
  ]);
  return `${[
    `# bash completion of ${PROGRAM}`,
    '_fini_harness() {',
    '  local word=$2 before=$3 found',
    `  case "\${COMP_WORDS[1]}" in`,
    ...lines,
    `    *) found=$(${compgen({ words: [...commands, ...PROGRAM_FLAGS].map(({ name }) => name) })}) ;;`,
    '  esac',
    "  local IFS=$'\\n'",
    '  COMPREPLY=($found)',
    '}',
    `complete -o filenames -F _fini_harness ${PROGRAM}`,
  ].join('\n')}\n`;
}

/** A description inside the brackets of zsh's `_arguments`. */
const described = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');

const zshValues = ({ words, paths }: Values): string => {
  const files = paths === 'files' ? '_files' : '_files -/';
  if (words.length === 0) return paths === undefined ? ' ' : files;
  return paths === undefined ? `(${words.join(' ')})` : `{compadd ${words.join(' ')}; ${files}}`;
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
    '  if (( CURRENT == 2 )); then',
    `    if [[ $PREFIX == -* ]]; then compadd -- ${namesOf(PROGRAM_FLAGS).words.join(' ')}; return; fi`,
    '    _describe command commands; return',
    '  fi',
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

const fishValues = ({ words, paths }: Values): string => {
  const offers = [...words, ...(paths === 'folders' ? ['(__fish_complete_directories)'] : [])].join(' ');
  const list = offers === '' ? '' : ` -a ${fishQuoted(offers)}`;
  return `${paths === 'files' ? ' -F' : ' -f'}${list}`;
};

function fish(commands: readonly CompletedCommand[]): string {
  const start = `complete -c ${PROGRAM}`;
  const lines = commands.flatMap(({ name, summary, flags, values }) => {
    const here = `${start} -n ${fishQuoted(`__fish_seen_subcommand_from ${name}`)}`;
    return [
      `${start} -f -n __fish_use_subcommand -a ${name} -d ${fishQuoted(summary)}`,
      ...flags.map((flag) => {
        const value = flag.values === undefined ? '' : ` -r${fishValues(flag.values)}`;
        return `${here} -l ${flag.name.slice(2)}${value} -d ${fishQuoted(flag.help)}`;
      }),
      `${here}${fishValues(values)}`,
    ];
  });
  const before = PROGRAM_FLAGS.map(
    ({ name, help }) => `${start} -n __fish_use_subcommand -l ${name.slice(2)} -d ${fishQuoted(help)}`,
  );
  return `${[`# fish completion of ${PROGRAM}`, ...before, ...lines].join('\n')}\n`;
}
