import schema from '../../contracts/files/ledger.schema.json' with { type: 'json' };
import { list, text } from './database.ts';

/** What this module reads of a JSON Schema. */
interface Node {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly minimum?: number;
}

/** No time or duration is larger: the year 33658 in ms. JSON may hold numbers that are infinite as doubles. */
export const LARGEST = 1e15;
/** Nearly all lines are of these kinds: a column of another one is empty in nearly every line. */
const FREQUENT = ['sent', 'settled', 'conversation'];
/** Columns of these kinds that few of their lines have, and which of them do, in SQL. */
const SELDOM: ReadonlyMap<string, string> = new Map([
  ['error', 'error IS NOT NULL'],
  ['retryAfterMs', 'retryAfterMs IS NOT NULL'],
  ['violations', 'len(violations) > 0'],
]);

const definitions: Readonly<Record<string, Node>> = schema.$defs;
const kinds: readonly Node[] = schema.oneOf.map((kind) => resolve(kind));

function resolve(node: Node): Node {
  if (node.$ref === undefined) return node;
  const target = definitions[node.$ref.replace('#/$defs/', '')];
  if (target === undefined) throw new Error(`ledger.schema.json: ${node.$ref} leads nowhere`);
  return resolve(target);
}

function sqlType(reference: Node): string {
  const node = resolve(reference);
  if (node.type === 'array' && node.items !== undefined) return `${sqlType(node.items)}[]`;
  if (node.type === 'object' && node.properties !== undefined) {
    const fields = Object.entries(node.properties).map(([name, field]) => `"${name}" ${sqlType(field)}`);
    return `STRUCT(${fields.join(', ')})`;
  }
  if (node.type === 'object') return 'JSON';
  // Half the memory of a BIGINT, which large ledgers fill.
  if (node.type === 'integer') return 'INTEGER';
  if (node.type === 'number') return 'DOUBLE';
  return 'VARCHAR';
}

/** Columns of sent and settled lines as the structure argument of DuckDB's `from_json`. */
export function toldStructure(names: readonly string[]): string {
  const { Sent, Settled } = definitions;
  const properties = { ...Sent?.properties, ...Settled?.properties };
  return text(JSON.stringify(Object.fromEntries(names.map((name) => [name, structureOf(properties[name] ?? {})]))));
}

function structureOf(reference: Node): unknown {
  const node = resolve(reference);
  if (node.type === 'array' && node.items !== undefined) return [structureOf(node.items)];
  if (node.type !== 'object' || node.properties === undefined) return sqlType(node);
  return Object.fromEntries(Object.entries(node.properties).map(([name, field]) => [name, structureOf(field)]));
}

/** Words as an SQL type: a byte in each row. Its order is the one they are given in. */
const enumOf = (words: readonly string[]): string => `ENUM ${list(words)}`;

/** All words that a property of a ledger line may be, as an SQL type. */
export const wordType = (definition: 'Role' | 'Outcome'): string => enumOf(definitions[definition]?.enum ?? []);

/** The columns of all kinds of ledger line, or those that are read, as the `columns` argument of DuckDB's `read_json`. */
export function ledgerColumns(read?: readonly string[]): string {
  const columns = new Map<string, string>();
  for (const { properties = {} } of kinds) {
    for (const [name, node] of Object.entries(properties)) columns.set(name, wordsOf(name) ?? sqlType(node));
  }
  const wanted = [...columns].filter(([name]) => read === undefined || read.includes(name));
  return `{${wanted.map(([name, type]) => `${text(name)}: ${text(type)}`).join(', ')}}`;
}

/** The type of a frequent column that is one of some words in whatever kind of line: any other word is none, as a wrong type is. */
function wordsOf(name: string): string | undefined {
  if (isRare(name)) return undefined;
  const nodes = kinds.flatMap(({ properties = {} }) => properties[name] ?? []).map(resolve);
  const words = nodes.map((node) => node.enum ?? (node.const === undefined ? [] : [node.const]));
  return words.some(({ length }) => length === 0) ? undefined : enumOf([...new Set(words.flat())]);
}

/** SQL condition: a line of this kind. Compared with a text, the kind of every line would become one. */
export const ofKind = (kind: string): string => `kind = CAST(${text(kind)} AS ${wordsOf('kind')})`;

/** SQL expressions of columns: the rare ones together in one, `rare`, which is null in the lines that have none. */
export function packedColumns(columns: readonly string[]): string {
  const rare = columns.filter(isRare);
  const others = columns.filter((name) => !isRare(name)).map((name) => `"${name}"`);
  const packed = rare.map((name) => `"${name}" := "${name}"`);
  const hasRare = [`kind NOT IN ${list(FREQUENT)}`, ...rare.flatMap((name) => SELDOM.get(name) ?? [])].join(' OR ');
  return [...others, `CASE WHEN ${hasRare} THEN [struct_pack(${packed})] END AS rare`].join(', ');
}

/** The opposite of `packedColumns`: expressions over its result. */
export function unpackedColumns(columns: readonly string[]): string {
  return columns.map((name) => (isRare(name) ? `rare[1]."${name}" AS "${name}"` : `"${name}"`)).join(', ');
}

const kindName = ({ properties }: Node): string => resolve(properties?.kind ?? {}).const ?? '';

const frequent: ReadonlySet<string> = new Set(
  kinds.filter((kind) => FREQUENT.includes(kindName(kind))).flatMap(({ properties = {} }) => Object.keys(properties)),
);
const isRare = (name: string): boolean => !frequent.has(name) || SELDOM.has(name);

/**
 * SQL condition: the line is of a known kind and has what its kind requires. Anything else is a damaged line:
 * torn by a crash, or written by k6 itself. Where `read` is given, no other columns are looked at.
 */
export function isSound(read?: readonly string[]): string {
  // By kind, so that each line is held against the requirements of one kind only.
  const cases = kinds.map((kind) => {
    const { required = [], properties = {} } = kind;
    const others = required.filter((name) => name !== 'kind' && (read === undefined || read.includes(name)));
    const conditions = others.map((name) => requirement(name, resolve(properties[name] ?? {})));
    return `WHEN ${text(kindName(kind))} THEN ${conditions.join(' AND ') || 'true'}`;
  });
  return `coalesce(CASE kind ${cases.join(' ')} END, false)`;
}

function requirement(name: string, node: Node): string {
  const column = `"${name}"`;
  if (node.const !== undefined) return `${column} = ${text(node.const)}`;
  // DuckDB would make a join over all lines of IN, of whatever kind they are.
  if (node.enum !== undefined) return `(${node.enum.map((word) => `${column} = ${text(word)}`).join(' OR ')})`;
  // An INTEGER is below the largest by its type: a comparison with a DOUBLE would convert each.
  if (node.type === 'integer' && node.minimum !== undefined) return `${column} >= ${node.minimum}`;
  if (node.type !== 'number') return `${column} IS NOT NULL`;
  return `${column} BETWEEN ${node.minimum ?? -LARGEST} AND ${LARGEST}`;
}
