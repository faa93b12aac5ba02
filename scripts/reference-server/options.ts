import Type, { type Static, type TSchema } from 'typebox';
import { Settings as TypeBoxSettings } from 'typebox/system';
import Value from 'typebox/value';
import { ROLES } from './event.ts';
import { ROUTES } from './exchange.ts';
import { complaints } from './options-error.ts';

const object = <Properties extends Record<string, TSchema>>(properties: Properties, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description === undefined ? {} : { description }) });

const HOUR_MS = 3_600_000;
const meanMs = Type.Number({ minimum: 0, maximum: HOUR_MS });
const ms = Type.Number({ minimum: 0, maximum: 24 * HOUR_MS });

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
const Service = Type.Union([...Simple.anyOf, Mixture], {
  description: 'How long a reply takes when it is generated alone.',
});

const Switch = object({
  rate: Type.Number({ minimum: 0, maximum: 1, description: 'Share of the exchanges that it changes.' }),
  roles: Type.Optional(Type.Array(Type.Enum([...ROLES]))),
  routes: Type.Optional(Type.Array(Type.Enum([...ROUTES]))),
});

const scripted = {
  rateLimit: object(
    {
      perSecond: Type.Number({ exclusiveMinimum: 0 }),
      burst: Type.Integer({ minimum: 1 }),
      retryAfterS: Type.Optional(Type.Integer({ minimum: 0 })),
    },
    'Token bucket: 429 above it, with Retry-After where retryAfterS is set.',
  ),
  cliff: object(
    {
      concurrency: Type.Integer({ minimum: 1 }),
      factor: Type.Optional(Type.Number({ minimum: 1 })),
      status: Type.Optional(Type.Integer({ minimum: 400, maximum: 599 })),
    },
    'From so many user turns in flight on, service is slower by the factor, or is refused with the status.',
  ),
  autoscale: object(
    { afterMs: ms, parallel: Type.Integer({ minimum: 1 }) },
    'After a while, so many replies are generated at once.',
  ),
  leak: object({ perTurn: Type.Number({ minimum: 0 }) }, 'Service time grows by this share with each user turn.'),
  warmUp: object(
    { turns: Type.Integer({ minimum: 1 }), factor: Type.Number({ minimum: 1 }) },
    'The first user turns are slower: by the factor at first, then less and less.',
  ),
  stall: object({ afterMs: ms, forMs: ms }, 'Once, nothing goes on for a while.'),
  restart: object({ afterMs: ms, downMs: ms }, 'Once, all connections break and nobody listens for a while.'),
};

/** Everything that decides what the server does; each has a default, and an unknown one is refused. Times count from the first turn. */
const Options = object({
  seed: Type.Integer({ default: 1, description: 'The same seed and requests give the same answers.' }),
  port: Type.Integer({ default: 0, minimum: 0, maximum: 65_535, description: '0: any free port.' }),
  service: Type.Unsafe<Static<typeof Service>>({ ...Service, default: { law: 'constant', meanMs: 0 } }),
  parallel: Type.Integer({ default: 0, minimum: 0, description: 'Replies generated at once; 0: no limit.' }),
  slowdown: Type.Number({
    default: 0,
    minimum: 0,
    maximum: 10,
    description:
      'Processor sharing: how much each further turn in flight slows all of them; 0: first come first served.',
  }),
  queueLimit: Type.Integer({ default: 1_000_000, minimum: 0, description: 'User turns that may wait before 503.' }),
  resolve: Type.Optional(
    object(
      { withinMs: ms },
      'A turn without interactionId continues what the customer with its e-mail address said last to the agent, if that is not longer ago.',
    ),
  ),
  rateLimit: Type.Optional(scripted.rateLimit),
  cliff: Type.Optional(scripted.cliff),
  autoscale: Type.Optional(scripted.autoscale),
  leak: Type.Optional(scripted.leak),
  warmUp: Type.Optional(scripted.warmUp),
  stall: Type.Optional(scripted.stall),
  restart: Type.Optional(scripted.restart),
  faults: Type.Record(Type.String(), Switch, { default: {}, description: 'Faults by id; see --list-faults.' }),
  drifts: Type.Record(Type.String(), Switch, {
    default: {},
    description: 'Drifts and legal variations by id; see --list-drifts.',
  }),
  keepTurns: Type.Integer({ default: 200_000, minimum: 1, description: 'Turns that the truth remembers.' }),
  keepConversations: Type.Integer({ default: 500_000, minimum: 1, description: 'Conversations kept; the oldest go.' }),
});

export type ServiceLaw = Static<typeof Service>;
export type OperatorSwitch = Static<typeof Switch>;
export type Settings = Static<typeof Options>;

/** Options as a user writes them: an operator's rate may stand for its switch. */
export type ReferenceServerOptions = Partial<Omit<Settings, 'faults' | 'drifts'>> & {
  readonly faults?: Readonly<Record<string, number | OperatorSwitch>>;
  readonly drifts?: Readonly<Record<string, number | OperatorSwitch>>;
};

/** Options that make no sense; the message has a line for each place. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

// A union of laws fails once for each of them; the default of 8 errors would hide the one that matters.
TypeBoxSettings.Set({ maxErrors: 100 });

/** Checks options, from code or from a file, and fills in the defaults. An option that is null has its default. */
export function settings(options: unknown): Settings {
  if (typeof options !== 'object' || options === null) throw new OptionsError('options: must be an object');
  const plain = Object.fromEntries(
    Object.entries(options)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, name === 'faults' || name === 'drifts' ? switches(value) : value]),
  );
  const complete: unknown = Value.Default(Options, plain);
  if (!Value.Check(Options, complete)) {
    throw new OptionsError(complaints(Value.Errors(Options, complete), Object.keys(Options.properties)).join('\n'));
  }
  const contradiction = contradictionIn(complete);
  if (contradiction !== undefined) throw new OptionsError(contradiction);
  return complete;
}

/** What no schema of one option can say. */
function contradictionIn({ cliff, autoscale, parallel, slowdown }: Settings): string | undefined {
  if (cliff !== undefined && cliff.factor === undefined && cliff.status === undefined)
    return 'cliff: needs factor or status';
  if (slowdown > 0 && parallel > 0) return 'parallel: has no effect with slowdown';
  if (slowdown > 0 && autoscale !== undefined) return 'autoscale: has no effect with slowdown';
  if (autoscale !== undefined && parallel === 0) return 'autoscale: has no effect without parallel';
  return undefined;
}

function switches(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([id, one]: [string, unknown]) => [id, typeof one === 'number' ? { rate: one } : one]),
  );
}
