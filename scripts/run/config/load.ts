import { dirname, resolve } from 'node:path';
import type { Config } from '../../../contracts/generated/config.ts';
import type { AppliedOverlay } from '../../../contracts/generated/plan.ts';
import { usageError } from '../../foundation/errors.ts';
import type { Io } from '../../foundation/io.ts';
import { explain } from '../../foundation/schema/explain.ts';
import { validatorOf } from '../../foundation/schema/validator.ts';
import { baseUrlTrouble, normaliseBaseUrl } from './base-url.ts';
import { durationMs, LONGEST_MS } from './duration.ts';
import type { FLAG_KEYS } from './flag-keys.ts';
import { type Gates, mergeGates } from './gates.ts';
import { fromEnvironment, fromFlags, fromScenario, type Layer, type Merged, merge } from './layers.ts';
import { personalPatterns } from './personal-patterns.ts';
import { readConfigFile } from './read-config-file.ts';
import { readOverlay } from './read-overlay.ts';

/** Values as typed; the schema checks them. */
export type ConfigFlags = { readonly [Key in (typeof FLAG_KEYS)[number]]?: string | number | boolean | undefined };

type With<T, Key extends keyof T> = T & Required<Pick<T, Key>>;
type Section<Key extends keyof Config> = NonNullable<Config[Key]>;

/** The configuration with the defaults of its schema filled in. */
export type FullConfig = With<
  Omit<Config, 'gates'>,
  | 'baseUrl'
  | 'seed'
  | 'arrivals'
  | 'timeout'
  | 'drain'
  | 'retryOnce'
  | 'references'
  | 'tracing'
  | 'customerEmail'
  | 'connections'
  | 'strict'
> &
  Gates & {
    readonly thinkTime: With<Section<'thinkTime'>, 'law' | 'mean' | 'cv'>;
    readonly patience?: With<Section<'patience'>, 'law' | 'cv'>;
    readonly continuation: With<Section<'continuation'>, 'strategy'>;
    readonly breaker: Required<Section<'breaker'>>;
  };

export interface LoadedConfig {
  /** Deeply frozen. */
  readonly config: FullConfig;
  /** Absolute paths of files that the configuration names: a flag's from the working folder, the file's from its own. */
  readonly files: NamedFiles;
  /** Whether a flag, a file or the environment names a base URL or a bot, be it the default one. */
  readonly namesService: boolean;
  /** The project's overlay on the contract, where it has one. */
  readonly contract?: AppliedOverlay;
}

interface NamedFiles {
  readonly workload?: string;
  /** Folder of the learnt model. */
  readonly learnt?: string;
  /** Of continuation strategy `fixed`. */
  readonly ids?: string;
  /** Of think-time law `empirical`. */
  readonly thinkTimes?: string;
}

export interface ConfigSources {
  readonly flags: ConfigFlags;
  /** Configuration file; without it the one in the working folder, where there is one. */
  readonly path?: string | undefined;
  /** One more configuration file, over the other one: what an arm of a comparison has of its own. */
  readonly over?: string | undefined;
  /** Defaults that a scenario brings along. */
  readonly scenario?: Pick<Config, 'gates' | 'arrivals'>;
}

/**
 * Flags over the configuration files over the environment over the scenario over the schema's defaults: merged, checked
 * once, frozen.
 * @throws HarnessError (2) that names every wrong value by where it was written.
 */
export async function loadConfig(
  { flags, path, over, scenario = {} }: ConfigSources,
  io: Pick<Io, 'env' | 'cwd' | 'guard'>,
): Promise<LoadedConfig> {
  const sources = [
    await readConfigFile(path, io.cwd),
    over === undefined ? undefined : await readConfigFile(over, io.cwd),
  ];
  const files = sources.filter((file) => file !== undefined);
  const layers = [fromScenario(scenario), fromEnvironment(io.env), ...files, fromFlags(flags)];
  const merged = merge(layers.map(withoutGates));
  // Before the schema's defaults are filled in.
  const namesService = merged.values.baseUrl !== undefined || merged.values.botId !== undefined;
  const config = check(merged, mergeGates(layers));
  io.guard.protectPersonal(config.personalData);
  /** The folder of the file that sets a key, the last one that does. */
  const beside = (key: keyof Config): string => {
    const file = files.filter(({ values }) => values[key] !== undefined).at(-1);
    return file === undefined ? io.cwd : dirname(resolve(io.cwd, file.name));
  };
  const from = (key: NamedByFlag): string => (flags[key] === undefined ? beside(key) : io.cwd);
  const named = { config: freeze(config), files: filesOf(config, beside, from), namesService };
  if (config.contractOverlay === undefined) return named;
  const overlay = resolve(from('contractOverlay'), config.contractOverlay);
  return { ...named, contract: await readOverlay(overlay, io.cwd) };
}

/** Files that a flag can name, too. */
type NamedByFlag = 'workload' | 'learnt' | 'contractOverlay';

function filesOf(
  { workload, learnt, continuation, thinkTime }: FullConfig,
  beside: (key: keyof Config) => string,
  from: (key: NamedByFlag) => string,
): NamedFiles {
  return {
    ...(learnt === undefined ? {} : { learnt: resolve(from('learnt'), learnt) }),
    ...(workload === undefined ? {} : { workload: resolve(from('workload'), workload) }),
    ...(continuation.ids === undefined ? {} : { ids: resolve(beside('continuation'), continuation.ids) }),
    ...(thinkTime.values === undefined ? {} : { thinkTimes: resolve(beside('thinkTime'), thinkTime.values) }),
  };
}

/** Gates are merged by metric, all else key by key. */
function withoutGates({ values: { gates: _, ...values }, ...layer }: Layer): Layer {
  return { ...layer, values };
}

function check(
  { values, nameOf }: Merged,
  { complaints: ofGates, ...gates }: ReturnType<typeof mergeGates>,
): FullConfig {
  const validate = validatorOf('config');
  const complaints = validate(values) ? beyondSchema(values as unknown as FullConfig) : explain(validate.errors ?? []);
  const lines = [...complaints.map(({ pointer, text }) => `${nameOf(pointer)} ${text}`), ...ofGates];
  if (lines.length === 0) {
    const config = values as unknown as FullConfig;
    return { ...config, ...gates, baseUrl: normaliseBaseUrl(config.baseUrl) };
  }
  throw usageError(lines.length === 1 ? `${lines[0]}` : `the configuration is invalid:\n  ${lines.join('\n  ')}`);
}

/** What JSON Schema cannot say. */
function beyondSchema(config: FullConfig): { pointer: string; text: string }[] {
  const complaints: { pointer: string; text: string }[] = [];
  for (const [pointer, text] of durationsOf(config)) {
    const ms = durationMs(text);
    if (ms > LONGEST_MS) complaints.push({ pointer, text: `must be at most 168h, got ${text}` });
    if (ms === 0 && !MAY_BE_NOTHING.includes(pointer)) complaints.push({ pointer, text: 'must be more than 0' });
  }
  const trouble = baseUrlTrouble(config.baseUrl);
  if (trouble !== undefined) complaints.push({ pointer: '/baseUrl', text: trouble });
  const { strategy, ids } = config.continuation;
  if (strategy === 'fixed' && ids === undefined) {
    complaints.push({
      pointer: '/continuation/ids',
      text: 'is missing: strategy fixed needs a file of conversation ids',
    });
  }
  const { law, values } = config.thinkTime;
  if (law === 'empirical' && values === undefined) {
    complaints.push({
      pointer: '/thinkTime/values',
      text: 'is missing: law empirical needs a file of durations in ms, one per line',
    });
  }
  return [...complaints, ...personalPatterns(config)];
}

const MAY_BE_NOTHING = ['/drain', '/thinkTime/mean'];

function durationsOf({ duration, timeout, drain, thinkTime, patience }: FullConfig): [pointer: string, text: string][] {
  const given = {
    '/duration': duration,
    '/timeout': timeout,
    '/drain': drain,
    '/thinkTime/mean': thinkTime.mean,
    '/patience/mean': patience?.mean,
  };
  return Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined);
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}
