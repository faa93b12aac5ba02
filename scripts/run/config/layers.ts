import { usageError } from '../../foundation/errors.ts';
import type { Io } from '../../foundation/io.ts';

type Values = Record<string, unknown>;

/** One place that configuration comes from. */
export interface Layer {
  readonly name: string;
  readonly values: Values;
  /** How the person who set it knows the place of a pointer: `--rate`, `my.json: /gates/0`. */
  readonly nameOf: (pointer: string) => string;
}

export interface Merged {
  readonly values: Values;
  readonly nameOf: (pointer: string) => string;
}

const VARIABLES: Readonly<Record<string, string>> = { baseUrl: 'FINI_BASE_URL', botId: 'FINI_BOT_ID' };

/** What a scenario brings along, below everything that a user sets. */
export function fromScenario(values: Values): Layer {
  return { name: 'scenario', values, nameOf: (pointer) => `the scenario's ${pointer}` };
}

/** An empty variable is not set; but a key is not to go to the default service where a base URL was meant. */
export function fromEnvironment(env: Io['env']): Layer {
  const values: Values = {};
  const hasKey = (env.FINI_API_KEY ?? '').trim() !== '';
  for (const [key, variable] of Object.entries(VARIABLES)) {
    const value = env[variable]?.trim();
    if (value || (value === '' && key === 'baseUrl' && hasKey)) values[key] = value;
  }
  return { name: 'environment', values, nameOf: (pointer) => `${VARIABLES[keyOf(pointer)]}:` };
}

export function fromFlags(flags: Readonly<Record<string, unknown>>): Layer {
  const values = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  return { name: 'flags', values, nameOf: (pointer) => `${flagOf(keyOf(pointer))}:` };
}

/** Later layers win, key by key. `rate` and `concurrency` stand for the same thing: the one set last drops the other. */
export function merge(layers: readonly Layer[]): Merged {
  const merged = new Map<string, { readonly value: unknown; readonly layer: Layer }>();
  for (const layer of layers) {
    const { rate, concurrency } = layer.values;
    if (rate !== undefined && concurrency !== undefined) throw bothModels(layer);
    if (rate !== undefined) merged.delete('concurrency');
    if (concurrency !== undefined) merged.delete('rate');
    for (const [key, value] of Object.entries(layer.values)) merged.set(key, { value, layer });
  }
  return {
    values: Object.fromEntries([...merged].map(([key, { value }]) => [key, value])),
    nameOf: (pointer) => merged.get(keyOf(pointer))?.layer.nameOf(pointer) ?? pointer,
  };
}

function bothModels(layer: Layer): Error {
  const names = ['/rate', '/concurrency'].map((pointer) => layer.nameOf(pointer).replace(/:$/, ''));
  return usageError(
    `${names.join(' and ')} cannot be combined: use a rate (open model) or a number in flight (closed model)`,
  );
}

const keyOf = (pointer: string): string => pointer.split('/')[1] ?? '';

const flagOf = (key: string): string => `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
