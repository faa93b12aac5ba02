import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Finding } from '../../../contracts/generated/findings.ts';
import { IS_CHECKOUT } from '../../foundation/package-root.ts';
import { CONTRACTS, readSchemas, type SchemaFile } from '../../k6/build/contract-schemas.ts';
import { schemaPlace } from '../propose/schema-place.ts';

/** A line of a file in the repository of whoever reads the results. */
export interface SourcePlace {
  readonly uri: string;
  readonly line: number;
}

export type PlaceOf = (finding: Pick<Finding, 'operation' | 'template'>) => SourcePlace | undefined;

/**
 * Where code scanning shows a finding. In a checkout of the harness that is the line of the contract that the service
 * departs from. Elsewhere the contract is not in the repository, and the workflow that ran the check stands for it.
 */
export async function sourcePlaces(env: Readonly<Record<string, string | undefined>>): Promise<PlaceOf> {
  if (!IS_CHECKOUT) {
    const workflow = workflowIn(env.GITHUB_WORKFLOW_REF);
    return () => workflow;
  }
  const [schemas, openapi] = [await readSchemas(), await readFile(join(CONTRACTS, 'openapi.yaml'), 'utf8')];
  return (finding) => {
    const place = schemaPlace(schemas, finding);
    return place === undefined
      ? { uri: 'contracts/openapi.yaml', line: operationLine(openapi, finding.operation) }
      : { uri: `contracts/api/${place.file.name}.schema.json`, line: lineOf(place.file, place.path) };
  };
}

/** `owner/repository/.github/workflows/drift.yml@refs/heads/main`. */
function workflowIn(ref = ''): SourcePlace | undefined {
  const [, uri] = /^[^/]+\/[^/]+\/([^@]+)@/.exec(ref) ?? [];
  return uri === undefined ? undefined : { uri, line: 1 };
}

function lineOf({ text }: SchemaFile, path: readonly string[]): number {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, [...path]);
  // A property begins with its name.
  return lineAt(text, node?.parent?.offset ?? node?.offset ?? 0);
}

/** `generate-answer` is the operationId `generateAnswer`; requests of other kinds have none. */
function operationLine(openapi: string, operation: string): number {
  const id = operation.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return lineAt(openapi, Math.max(0, openapi.indexOf(`operationId: ${id}\n`)));
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
