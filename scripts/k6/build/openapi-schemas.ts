import { stringify } from 'yaml';
import { rewrite, type SchemaFile } from './contract-schemas.ts';

/** `components.schemas` of openapi.yaml: every schema of contracts/api by its title, and every one of their `$defs`. */
export function componentSchemas(schemas: readonly SchemaFile[]): Record<string, unknown> {
  const api = schemas.filter(({ folder }) => folder === 'api').map(({ schema }) => schema);
  const names = new Map<unknown, string>();
  for (const { $id, title, $defs } of api) {
    names.set($id, title);
    for (const name of Object.keys($defs ?? {})) names.set(`#/$defs/${name}`, name);
  }
  const plain = (schema: unknown) =>
    rewrite(schema, ({ $schema, $id, $defs, $ref, ...rest }) =>
      $ref === undefined ? rest : { ...rest, $ref: `#/components/schemas/${names.get($ref)}` },
    );
  return Object.fromEntries(
    api.flatMap(({ title, $defs, ...schema }) => [
      [title, plain({ title, ...schema })],
      ...Object.entries($defs ?? {}).map(([name, part]) => [name, plain(part)]),
    ]),
  );
}

const SECTION = '  schemas:\n';

/** The text of openapi.yaml with these schemas in place of its own, which are its last section. */
export function withSchemas(openapi: string, schemas: readonly SchemaFile[]): string {
  const start = openapi.indexOf(SECTION);
  if (start < 0) throw new Error('openapi.yaml has no section components.schemas');
  const text = stringify({ schemas: componentSchemas(schemas) }, { lineWidth: 0 });
  return openapi.slice(0, start) + text.replace(/^(?=.)/gm, '  ');
}
