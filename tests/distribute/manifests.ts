import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse, parseAllDocuments } from 'yaml';

const FIXTURES = join(import.meta.dirname, '../fixtures/kubernetes');

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Record<string, string> };
  readonly spec: Record<string, never>;
}

export const manifestsIn = (files: Record<string, string>): Manifest[] =>
  Object.entries(files)
    .filter(([name]) => name.endsWith('.yaml') && !name.endsWith('kustomization.yaml'))
    .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS() as Manifest));

/** A CRD's schema prunes what it does not know; here that is an error, as with `kubectl apply --validate=strict`. */
function strict(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strict);
  if (typeof node !== 'object' || node === null) return node;
  const { format: _format, ...rest } = node as Record<string, unknown>;
  const copy = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, strict(value)]));
  const isOpen = copy['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in copy;
  if (copy['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string'] };
  return copy.type === 'object' && 'properties' in copy && !isOpen ? { ...copy, additionalProperties: false } : copy;
}

interface Crd {
  readonly spec: {
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: Record<string, unknown> };
    }[];
  };
}

export function validators(): (manifest: Manifest) => string[] {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const crd = parse(readFileSync(join(FIXTURES, 'k6-operator-1.6.0-testruns.yaml'), 'utf8')) as Crd;
  const schema = strict(crd.spec.versions[0]?.schema.openAPIV3Schema) as { properties: Record<string, unknown> };
  ajv.addSchema({ ...schema, properties: { ...schema.properties, metadata: { type: 'object' } } }, 'TestRun');
  const { kinds, definitions } = JSON.parse(readFileSync(join(FIXTURES, 'kubernetes-1.37.0.json'), 'utf8')) as {
    kinds: Record<string, string>;
    definitions: object;
  };
  for (const [kind, definition] of Object.entries(kinds)) {
    ajv.addSchema({ $ref: `#/definitions/${definition}`, definitions }, kind);
  }
  return (manifest) => {
    const validate = ajv.getSchema(manifest.kind);
    if (validate === undefined) return [`no schema of ${manifest.kind}`];
    return validate(manifest)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
        );
  };
}
