import type { Finding, Shapes } from '../../../contracts/generated/findings.ts';
import type { SchemaFile } from '../../k6/build/contract-schemas.ts';
import { templateOf } from '../judge/judge-shapes.ts';
import { placeOf } from '../judge/place.ts';
import { learntSchema } from './learnt-schema.ts';
import { child, type SchemaPlace, schemaPlace } from './schema-place.ts';

/** RFC 6902, on one schema of contracts/api. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: readonly string[];
  readonly value?: unknown;
}

/** What would make a finding part of the contract. */
export interface Change {
  readonly finding: Finding;
  readonly file: SchemaFile;
  readonly operations: readonly Operation[];
  /** For the changelog. */
  readonly summary: string;
}

interface Context {
  readonly finding: Finding;
  readonly schemas: readonly SchemaFile[];
  readonly shapes: Shapes;
}

/** The change that a finding asks of the schemas; undefined where no schema can say it. */
export function changeFor(context: Context): Change | undefined {
  const { finding } = context;
  switch (finding.rule) {
    case 'response-property-added':
    case 'error-property-added':
      return addition(context);
    case 'response-property-became-nullable':
      return widening(context, 'null');
    case 'response-property-type-changed':
    case 'error-property-type-changed':
      return widening(context, finding.observed.type);
    case 'response-property-enum-value-added':
    case 'response-property-const-changed':
      return anotherValue(context);
    case 'response-property-format-changed':
      return anyFormat(context);
    case 'response-property-became-optional':
    case 'response-required-property-removed':
    case 'error-property-removed':
      return optional(context);
    case 'response-property-renamed':
      return renaming(context);
    default:
      return undefined;
  }
}

/** The object of the finding's place, and the name of the property in it. */
function parentOf({ finding, schemas }: Context): { parent: SchemaPlace; name: string } | undefined {
  const { operation, template } = finding;
  const cut = template.lastIndexOf('/');
  const parent = schemaPlace(schemas, { operation, template: template.slice(0, cut) });
  return parent && { parent, name: decodeURIComponent(template.slice(cut + 1)) };
}

function addition(context: Context): Change | undefined {
  const { finding, shapes } = context;
  const { parent, name } = parentOf(context) ?? {};
  // A pattern of names, or one that was cut, is the name of no property.
  if (parent === undefined || name === undefined || /[*…]/.test(name)) return undefined;
  const seen = Object.keys(shapes).find((place) => placeOf(`#${templateOf(place)}`) === placeOf(finding.template));
  const schema = (seen === undefined ? undefined : learntSchema(shapes, seen)) ?? { type: finding.observed.type };
  const value = { ...schema, description: `Not in the reference: ${evidenceOf(finding)}.` };
  const operation = { op: 'add', path: [...parent.path, 'properties', name], value } as const;
  return changeOf(finding, parent, [operation], `\`${name}\` may come: ${[schema.type].flat().join(' or ')}`);
}

function widening({ finding, schemas }: Context, type: string): Change | undefined {
  const place = schemaPlace(schemas, finding);
  if (place === undefined || place.schema.type === undefined) return undefined;
  const types = [...new Set([[place.schema.type].flat(), type].flat())];
  const operation = { op: 'replace', path: [...place.path, 'type'], value: types } as const;
  return changeOf(finding, place, [operation], `${nameOf(finding)} may be ${type}`);
}

function anotherValue({ finding, schemas }: Context): Change | undefined {
  const place = schemaPlace(schemas, finding);
  const { sample } = finding.observed;
  if (place === undefined || sample.endsWith('…')) return undefined;
  const { enum: values, const: only } = place.schema;
  const known = Array.isArray(values) ? values : [only];
  const added = {
    op: values === undefined ? 'add' : 'replace',
    path: [...place.path, 'enum'],
    value: [...known, sample],
  } as const;
  const gone = values === undefined ? [{ op: 'remove', path: [...place.path, 'const'] } as const] : [];
  return changeOf(finding, place, [...gone, added], `${nameOf(finding)} may be \`${sample}\``);
}

function anyFormat({ finding, schemas }: Context): Change | undefined {
  const place = schemaPlace(schemas, finding);
  if (place === undefined) return undefined;
  const gone = ['format', 'pattern'].filter((keyword) => place.schema[keyword] !== undefined);
  const operations = gone.map((keyword) => ({ op: 'remove', path: [...place.path, keyword] }) as const);
  return operations.length === 0
    ? undefined
    : changeOf(finding, place, operations, `${nameOf(finding)} has no fixed format`);
}

/** One missing property is told by its own place, several by that of their object. */
function optional(context: Context): Change | undefined {
  const { finding, schemas } = context;
  const { required: several } = finding.expected;
  const { parent, name } = Array.isArray(several)
    ? { parent: schemaPlace(schemas, finding), name: undefined }
    : (parentOf(context) ?? {});
  const gone: readonly unknown[] = Array.isArray(several) ? several : [name];
  const required = parent?.schema.required;
  if (parent === undefined || !Array.isArray(required)) return undefined;
  const left = required.filter((one) => !gone.includes(one));
  if (left.length === required.length) return undefined;
  const operation = { op: 'replace', path: [...parent.path, 'required'], value: left } as const;
  return changeOf(finding, parent, [operation], `${gone.map((one) => `\`${one}\``).join(', ')} may be missing`);
}

function renaming(context: Context): Change | undefined {
  const { parent, name } = parentOf(context) ?? {};
  const { finding } = context;
  const to = finding.observed.sample;
  const old = parent && name !== undefined ? child(parent, ['properties', name]) : undefined;
  const required = parent?.schema.required;
  if (parent === undefined || name === undefined || old === undefined || !Array.isArray(required)) return undefined;
  const operations: Operation[] = [
    { op: 'add', path: [...parent.path, 'properties', to], value: old.schema },
    { op: 'replace', path: [...parent.path, 'required'], value: required.filter((one) => one !== name) },
  ];
  return changeOf(finding, parent, operations, `\`${name}\` may come as \`${to}\``);
}

function changeOf(finding: Finding, { file }: SchemaPlace, operations: readonly Operation[], what: string): Change {
  const summary = `${file.schema.title}: ${what} (${evidenceOf(finding)}, finding ${finding.id}).`;
  return { finding, file, operations, summary };
}

const nameOf = ({ template }: Finding): string =>
  `\`${decodeURIComponent(template.slice(template.lastIndexOf('/') + 1))}\``;

function evidenceOf({ frequency: { k, n }, spread: { lastAt } }: Finding): string {
  return `seen in ${k} of ${n} answers, ${new Date(lastAt).toISOString().slice(0, 10)}`;
}
