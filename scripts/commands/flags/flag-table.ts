/** What the text of a flag is, which decides how it is read and completed. */
interface TypedValues {
  /** Given or not; with `default: true` the flag is `--no-<name>`. */
  readonly switch: boolean;
  /** A key of the configuration: as typed, for its schema to check. */
  readonly setting: string | number | boolean;
  readonly text: string;
  readonly file: string;
  readonly folder: string;
  readonly host: string;
  readonly number: number;
  /** `10%` or `10`, as a share. */
  readonly percent: number;
  /** `500ms`, `30s`, `5m` or `1h`, in ms. */
  readonly duration: number;
}

/** One flag, under the name of its option: `confirmTarget` is `--confirm-target`. */
export interface Flag {
  readonly type: keyof TypedValues;
  readonly help: string;
  /** What stands for its value in the help; a type has one of its own. A setting without one is given or not. */
  readonly value?: string;
  readonly default?: string | number | boolean;
  /** What is used without it, where that is no fixed value. */
  readonly fallback?: string;
  readonly choices?: readonly string[];
  /** Of a number or a percentage: its limits, whether it is a whole one, and what it counts. It has `least` or `above`. */
  readonly above?: number;
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
  readonly counts?: string;
  /** Of a setting: the configuration has it as a number. */
  readonly numeric?: true;
  /** A word that a number's flag takes as well. */
  readonly or?: string;
  /** It may be given several times. */
  readonly many?: true;
  /** Of the part of the help in which it stands. */
  readonly heading?: string;
}

/** What stands on the command line without a flag. */
export interface Argument {
  readonly help: string;
  readonly type?: 'folder' | 'scenario';
  readonly choices?: readonly string[];
  readonly optional?: true;
  readonly many?: true;
  /** Of one that is optional and many. */
  readonly default?: readonly string[];
}

/** The command line of a command, as data: parsing, help and documentation follow from it. */
export interface FlagTable {
  /** In their order. */
  readonly arguments?: Readonly<Record<string, Argument>>;
  readonly flags: Readonly<Record<string, Flag>>;
  /** What may stand after `--`; without it nothing may. */
  readonly rest?: string;
  readonly examples: readonly string[];
}

/** A table with its exact type, from which that of the options follows. */
export const flagTable = <const Table extends FlagTable>(table: Table): Table => table;

/** As `flagTable`, of flags that several commands have. */
export const flagsOf = <const Flags extends FlagTable['flags']>(flags: Flags): Flags => flags;

type Given<F extends Flag> = F extends { choices: readonly (infer Choice)[] }
  ? Choice
  : TypedValues[F['type']] | (F extends { or: infer Word } ? Word : never);

type FlagValue<F extends Flag> = F extends { many: true }
  ? readonly Given<F>[]
  : F extends { type: 'switch' } | { default: string | number }
    ? Given<F>
    : Given<F> | undefined;

type ArgumentValue<A extends Argument> = A extends { many: true }
  ? readonly string[]
  :
      | (A extends { choices: readonly (infer Choice)[] } ? Choice : string)
      | (A extends { optional: true } ? undefined : never);

/** What a command gets from its command line. */
export type OptionsOf<Table extends FlagTable> = {
  readonly [Name in keyof Table['flags']]: FlagValue<Table['flags'][Name]>;
} & {
  readonly [Name in keyof Table['arguments']]: Table['arguments'][Name] extends Argument
    ? ArgumentValue<Table['arguments'][Name]>
    : never;
} & (Table extends { rest: string } ? { readonly rest: readonly string[] } : unknown);
