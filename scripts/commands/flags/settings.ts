import schema from '../../../contracts/files/config.schema.json' with { type: 'json' };
import { FLAG_KEYS } from '../../run/config/flag-keys.ts';
import type { ConfigFlags } from '../../run/config/load.ts';
import type { Flag } from './flag-table.ts';

type SettingName = (typeof FLAG_KEYS)[number];

export interface Setting extends Flag {
  readonly type: 'setting';
}

/** What stands for a value that is not simply text or a number. */
const VALUES: { readonly [Name in SettingName]?: string } = {
  baseUrl: 'url',
  botId: 'id',
  arrivals: 'law',
  duration: 'time',
  learnt: 'folder',
  hours: 'range',
  speed: 'factor',
  maxCost: 'amount',
  maxCostPerDay: 'amount',
  timeout: 'time',
  workload: 'file',
  contractOverlay: 'file',
};

/** The flag of a key of the configuration; its help is the key's description in the schema, unless a command says otherwise. */
export function setting(name: SettingName, help = helpOf(name)): Setting {
  const key = schema.properties[name];
  if ('type' in key && key.type === 'boolean') return { type: 'setting', help };
  const choices = 'enum' in key ? { choices: key.enum } : {};
  const numeric = 'type' in key && ['integer', 'number'].includes(key.type) ? ({ numeric: true } as const) : {};
  return { type: 'setting', help, value: VALUES[name] ?? 'n', ...choices, ...numeric };
}

/** The flags of several keys. */
export function settings<const Names extends readonly SettingName[]>(
  ...names: Names
): { readonly [Name in Names[number]]: Setting } {
  return Object.fromEntries(names.map((name) => [name, setting(name)])) as { [Name in Names[number]]: Setting };
}

/** Of the options of a command those that are keys of the configuration. */
export function settingsOf(options: ConfigFlags): ConfigFlags {
  return Object.fromEntries(FLAG_KEYS.map((key) => [key, options[key]]));
}

/** A sentence as help and tables have it: no capital, no full stop. */
export const fragment = (sentence: string): string =>
  sentence.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase()).replace(/[.]$/, '');

/** A terminal shows no code. */
const helpOf = (name: SettingName): string => fragment(schema.properties[name].description).replaceAll('`', '');
