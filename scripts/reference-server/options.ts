import { distance } from 'fastest-levenshtein';
import Type, { type Static, type TSchema } from 'typebox';
import Value from 'typebox/value';
import { ROLES } from './event.ts';

const object = <Properties extends Record<string, TSchema>>(properties: Properties, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description === undefined ? {} : { description }) });

const meanMs = Type.Number({ minimum: 0, maximum: 3_600_000 });
const Simple = Type.Union([
  object({ law: Type.Literal('constant'), meanMs }),
  object({ law: Type.Literal('exponential'), meanMs }),
  object({ law: Type.Literal('log-normal'), meanMs, cv: Type.Number({ minimum: 0, maximum: 20 }) }),
  object({ law: Type.Literal('empirical'), latenciesMs: Type.Array(Type.Number({ minimum: 0 }), { minItems: 1 }) }),
]);
const Mixture = object({
  law: Type.Literal('mixture'),
  parts: Type.Array(object({ weight: Type.Number({ exclusiveMinimum: 0 }), service: Simple }), { minItems: 1 }),
});

/** How long a reply takes when it is generated alone. */
const Service = Type.Union([...Simple.anyOf, Mixture]);

/** Everything that decides what the server does; each has a default, and an unknown one is refused. */
const Options = object({
  seed: Type.Integer({ default: 1, description: 'The same seed and requests give the same answers.' }),
  port: Type.Integer({ default: 0, minimum: 0, maximum: 65_535, description: '0: any free port.' }),
  service: Type.Unsafe<Static<typeof Service>>({ ...Service, default: { law: 'constant', meanMs: 0 } }),
  parallel: Type.Integer({
    default: 0,
    minimum: 0,
    description: 'Replies generated at once, first come first served; 0: no limit.',
  }),
  slowdown: Type.Number({
    default: 0,
    minimum: 0,
    maximum: 10,
    description:
      'Processor sharing: how much each further request in flight slows all of them; 0: first come first served.',
  }),
  queueLimit: Type.Integer({
    default: 1_000_000,
    minimum: 0,
    description: 'User turns that may wait (with processor sharing: be in flight) before 503.',
  }),
  keepTurns: Type.Integer({
    default: 200_000,
    minimum: 0,
    description: 'Turns that the truth remembers, newest first.',
  }),
  keepConversations: Type.Integer({ default: 500_000, minimum: 1, description: 'Conversations kept; the oldest go.' }),
});

export type ServiceLaw = Static<typeof Service>;
export type Settings = Static<typeof Options>;
export type ReferenceServerOptions = Partial<Settings>;
export { ROLES };

/** Options that make no sense; the message names each place. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

/** Checks options, from code or from a file, and fills in the defaults. */
export function settings(options: unknown, base: Partial<Settings> = {}): Settings {
  const merged: unknown = Value.Default(Options, { ...base, ...(options as object) });
  if (Value.Check(Options, merged)) return merged;
  throw new OptionsError(complaints(merged).join('\n'));
}

function complaints(value: unknown): string[] {
  return Value.Errors(Options, value).map((error) => `${error.instancePath}: ${error.message}`);
}
void distance;
