import { RULES } from '../../contracts/rules/index.ts';
import type { SchemaFile } from '../../scripts/k6/build/contract-schemas.ts';

type Rows = readonly (readonly string[])[];

/** Rows of the table of rules, as docs/contract.md shows it. */
export function ruleRows(): Rows {
  return RULES.map(({ id, class: kind, why, unless = [] }) => [
    `\`${id}\``,
    kind,
    why,
    unless.map((other) => `\`${other}\``).join(', '),
  ]);
}

/** Rows of the table of what the schemas assume beyond the reference, as docs/contract.md shows it. */
export function assumptionRows(schemas: readonly SchemaFile[]): Rows {
  return schemas
    .filter(({ folder }) => folder === 'api')
    .flatMap(({ name, schema }) => assumptions(schema).map(([pointer, why]) => [`\`${name}#${pointer}\``, why]));
}

/** Every `x-assumption` in a schema with its JSON pointer. */
function assumptions(node: unknown, pointer = ''): readonly (readonly [pointer: string, why: string])[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'x-assumption' ? [[pointer, String(value)] as const] : assumptions(value, `${pointer}/${key}`),
  );
}

/** The cells of the table between two marks of a page, without its head. */
export function rowsBetween(page: string, mark: string): Rows {
  const part = page.split(`<!-- ${mark} -->`)[1]?.split(`<!-- /${mark} -->`)[0] ?? '';
  const lines = part.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}
