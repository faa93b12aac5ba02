import agents from './api/agents.schema.json' with { type: 'json' };
import conversation from './api/conversation.schema.json' with { type: 'json' };
import conversationPage from './api/conversation-page.schema.json' with { type: 'json' };
import error from './api/error.schema.json' with { type: 'json' };
import event from './api/event.schema.json' with { type: 'json' };
import events from './api/events.schema.json' with { type: 'json' };
import { type Path, typeOf } from './breach.ts';
import { FORMATS } from './formats.ts';
import { isEpochMs } from './timestamp.ts';

/** A JSON Schema as far as the answers to a turn use it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly 'x-unit'?: string;
}

export const EVENTS: Schema = events;
export const ERROR: Schema = error;
export const AGENTS: Schema = agents;
export const CONVERSATION: Schema = conversation;
export const CONVERSATION_PAGE: Schema = conversationPage;

const TARGETS: Readonly<Record<string, Schema>> = {
  [event.$id]: event as Schema,
  [conversation.$id]: conversation as Schema,
  '#/$defs/Article': event.$defs.Article,
};

/** The schema of the value at a path below the body; undefined where no schema speaks of it. */
export function schemaAt(schema: Schema, path: Path): Schema | undefined {
  let node: Schema | undefined = resolve(schema);
  for (const part of path) {
    const next: Schema | undefined = typeof part === 'number' ? node?.items : node?.properties?.[part];
    node = next && resolve(next);
  }
  return node;
}

/** The schema of an array's items, where it says anything of them. */
export const itemSchema = (schema: Schema): Schema | undefined => resolve(schema).items;

/** The schemas of an object's properties, where it names any. */
export const propertySchemas = (schema: Schema): Readonly<Record<string, Schema>> | undefined =>
  resolve(schema).properties;

function resolve(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (TARGETS[schema.$ref] ?? {});
}

/** The types that a schema allows. */
export function typesOf({ type, const: only, enum: values }: Schema): readonly string[] {
  if (type !== undefined) return [type].flat();
  return [...new Set((values ?? [only]).map((value) => typeof value))];
}

/** Whether a value could be one of this property: type, format, unit; for guessing what a property was renamed to. */
export function fits(schema: Schema, value: unknown): boolean {
  if (schema.enum !== undefined) return schema.enum.includes(value);
  if (schema.const !== undefined) return schema.const === value;
  if (!typesOf(schema).includes(typeOf(value))) return false;
  if (typeof value === 'number' && schema['x-unit'] === 'ms') return isEpochMs(value);
  return typeof value !== 'string' || schema.format === undefined || (FORMATS[schema.format]?.test(value) ?? true);
}
