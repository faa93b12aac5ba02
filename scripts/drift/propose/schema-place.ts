import type { Finding } from '../../../contracts/generated/findings.ts';
import type { JsonSchema, SchemaFile } from '../../k6/build/contract-schemas.ts';

/** A part of a schema of contracts/api. */
export interface SchemaPlace {
  readonly file: SchemaFile;
  /** Steps from the file's root. */
  readonly path: readonly string[];
  readonly schema: JsonSchema;
}

const BODIES: Readonly<Record<string, string>> = {
  'generate-answer': 'events',
  'list-agents': 'agents',
  'list-conversations': 'conversation-page',
  'get-conversation': 'conversation',
};

/** The schema at the place of a finding, below the body; undefined where no schema speaks of it. */
export function schemaPlace(
  schemas: readonly SchemaFile[],
  { operation, template }: Pick<Finding, 'operation' | 'template'>,
): SchemaPlace | undefined {
  const [, status = '', below] = /^#\/responses\/([^/]+)\/body(?:\/(.*))?$/.exec(template) ?? [];
  if (status === '') return undefined;
  const steps = below === undefined ? [] : below.split('/').map(decoded);
  const own = /^[45]/.test(status) ? 'error' : BODIES[operation];
  // A place that several operations share is told by its shortest name.
  for (const name of [own, 'events', 'conversation']) {
    const file = schemas.find((one) => one.folder === 'api' && one.name === name);
    const found = file && walk(schemas, { file, path: [], schema: file.schema }, steps);
    if (found !== undefined) return found;
  }
  return undefined;
}

function walk(schemas: readonly SchemaFile[], from: SchemaPlace, steps: readonly string[]): SchemaPlace | undefined {
  let place: SchemaPlace | undefined = resolved(schemas, from);
  for (const step of steps) {
    const path: readonly string[] = step === '*' ? ['items'] : ['properties', step];
    place = place && child(place, path);
    place = place && resolved(schemas, place);
  }
  return place;
}

/** What stands below a place; undefined where nothing does. */
export function child({ file, path, schema }: SchemaPlace, steps: readonly string[]): SchemaPlace | undefined {
  let node: unknown = schema;
  for (const step of steps) node = (node as JsonSchema | undefined)?.[step];
  return node === undefined ? undefined : { file, path: [...path, ...steps], schema: node as JsonSchema };
}

function resolved(schemas: readonly SchemaFile[], place: SchemaPlace): SchemaPlace | undefined {
  const { $ref } = place.schema;
  if (typeof $ref !== 'string') return place;
  const [id, fragment = ''] = $ref.split('#');
  const file = id === '' ? place.file : schemas.find(({ schema }) => schema.$id === id);
  return file && child({ file, path: [], schema: file.schema }, fragment.split('/').filter(Boolean));
}

const decoded = (step: string): string => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
