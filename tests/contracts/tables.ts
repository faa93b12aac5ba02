import { RULES } from '../../contracts/rules/index.ts';
import type { SchemaFile } from '../../scripts/build/contract-schemas.ts';

/** The table of rules as docs/contract.md shows it. */
export function ruleTable(): string {
  const rows = RULES.map(({ id, class: kind, why, unless = [] }) => [
    `\`${id}\``,
    kind,
    why,
    unless.map((other) => `\`${other}\``).join(', '),
  ]);
  return table(['rule', 'class', 'why', 'not judged after'], rows);
}

/** The table of what the schemas assume beyond the reference, as docs/contract.md shows it. */
export function assumptionTable(schemas: readonly SchemaFile[]): string {
  const rows = schemas
    .filter(({ folder }) => folder === 'api')
    .flatMap(({ name, schema }) => assumptions(schema).map(([pointer, why]) => [`\`${name}#${pointer}\``, why]));
  return table(['where', 'assumption'], rows);
}

/** Every `x-assumption` in a schema with its JSON pointer. */
function assumptions(node: unknown, pointer = ''): readonly (readonly [pointer: string, why: string])[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'x-assumption' ? [[pointer, String(value)] as const] : assumptions(value, `${pointer}/${key}`),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
