import type { SchemaFile } from '../../scripts/build/contract-schemas.ts';
import { rewrite } from '../../scripts/build/contract-schemas.ts';

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
