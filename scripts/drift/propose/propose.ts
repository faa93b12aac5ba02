import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import type { DriftResult, Finding } from '../../../contracts/generated/findings.ts';
import { unredacted } from '../../foundation/guard.ts';
import { CONTRACTS, readSchemas, type SchemaFile } from '../../k6/build/contract-schemas.ts';
import { withSchemas } from '../../k6/build/openapi-schemas.ts';
import { writeWhole } from '../../secrets/write-whole.ts';
import { type Change, changeFor, type Operation } from './change.ts';

/** What would make the additive and the accepted findings of a result part of the contract. */
export interface Proposal {
  /** Versions of the contract, before and after. */
  readonly from: string;
  readonly to: string;
  readonly changes: readonly Change[];
  /** Findings that no schema can say. */
  readonly byHand: readonly Finding[];
  /** Whole files by their path below contracts/. */
  readonly files: ReadonlyMap<string, string>;
}

const FORMATTING = { formattingOptions: { insertSpaces: true, tabSize: 2 } };

export async function propose(result: DriftResult): Promise<Proposal> {
  const schemas = await readSchemas();
  const found = [...result.findings.filter((finding) => finding.class === 'additive'), ...result.accepted];
  const asked = found.flatMap((finding) => [finding, ...addedWith(finding)]);
  const changes: Change[] = [];
  const byHand: Finding[] = [];
  let current: readonly SchemaFile[] = schemas;
  for (const finding of asked) {
    const change = changeFor({ finding, schemas: current, shapes: result.shapes });
    if (change === undefined) byHand.push(finding);
    else {
      changes.push(change);
      current = current.map((file) =>
        file.name === change.file.name && file.folder === 'api' ? patched(file, change.operations) : file,
      );
    }
  }
  const from = result.contract;
  if (changes.length === 0) return { from, to: from, changes, byHand, files: new Map() };
  const to = nextVersion(from, changes);
  return { from, to, changes, byHand, files: await filesOf(schemas, current, { from, to, changes }) };
}

/** Properties that always came together are one finding, and as many changes. */
const addedWith = (finding: Finding): Finding[] =>
  finding.class !== 'additive'
    ? []
    : finding.related.flatMap(({ rule, template }) =>
        rule === finding.rule ? [{ ...finding, template, location: template }] : [],
      );

function patched(file: SchemaFile, operations: readonly Operation[]): SchemaFile {
  const text = operations.reduce(
    (before, { op, path, value }) =>
      applyEdits(before, modify(before, [...path], op === 'remove' ? undefined : value, FORMATTING)),
    file.text,
  );
  return { ...file, text, schema: JSON.parse(text) };
}

/** What a client of the old contract may fail on is a new major version. */
function nextVersion(version: string, changes: readonly Change[]): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isAdditive = changes.every(({ finding }) => finding.class === 'additive');
  return isAdditive ? `${major}.${minor + 1}.0` : `${major + 1}.0.0`;
}

async function filesOf(
  before: readonly SchemaFile[],
  after: readonly SchemaFile[],
  { from, to, changes }: Pick<Proposal, 'from' | 'to' | 'changes'>,
): Promise<ReadonlyMap<string, string>> {
  const openapi = await readFile(join(CONTRACTS, 'openapi.yaml'), 'utf8');
  const changelog = await readFile(join(CONTRACTS, 'CHANGELOG.md'), 'utf8');
  const files = new Map<string, string>();
  for (const [index, file] of after.entries()) {
    if (file.text !== before[index]?.text) files.set(`api/${file.name}.schema.json`, file.text);
  }
  files.set('openapi.yaml', withSchemas(openapi, after).replace(`\n  version: ${from}\n`, `\n  version: ${to}\n`));
  const entry = `## ${to}\n\n${changes.map(({ summary }) => `- ${summary}\n`).join('')}\n`;
  files.set('CHANGELOG.md', changelog.replace(/^(?=## )/m, entry));
  return files;
}

/** Writes a proposal to a folder: the changed files, laid out as in the project, and their changes as JSON Patch (RFC 6902). */
export async function writeProposal(folder: string, { changes, files }: Proposal): Promise<void> {
  for (const [path, text] of files) {
    const target = join(folder, 'contracts', path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await writeWhole(target, text, unredacted);
  }
  const patches = changes.map(({ finding, file, operations, summary }) => ({
    file: `contracts/api/${file.name}.schema.json`,
    finding: finding.id,
    summary,
    patch: operations.map(({ path, ...rest }) => ({ ...rest, path: path.map((step) => `/${escaped(step)}`).join('') })),
  }));
  await writeWhole(join(folder, 'patch.json'), `${JSON.stringify(patches, null, 2)}\n`, unredacted);
}

const escaped = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');

/** For a terminal. */
export function renderProposal({ from, to, changes, byHand }: Proposal, folder: string): string {
  const lines = [
    ...changes.map(({ summary }) => `proposed: ${summary}`),
    ...byHand.map(({ rule, template }) => `not proposed: ${rule} at ${template}, which JSON Schema cannot express`),
    changes.length === 0
      ? 'Nothing to propose.'
      : `Contract ${from} to ${to}: see ${folder}; to review it, cp -r ${join(folder, 'contracts')} . && git diff`,
  ];
  return `${lines.join('\n')}\n`;
}
