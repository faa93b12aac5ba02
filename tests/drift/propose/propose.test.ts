import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { DriftResult, Finding, Shapes } from '../../../contracts/generated/findings.ts';
import { shapeCollector } from '../../../contracts/shape.ts';
import { propose, renderProposal, writeProposal } from '../../../scripts/drift/propose/propose.ts';
import { readSchemas, type SchemaFile } from '../../../scripts/k6/build/contract-schemas.ts';
import { componentSchemas } from '../../../scripts/k6/build/openapi-schemas.ts';
import example from '../../contracts/fixtures/generate-answer.example.json' with { type: 'json' };
import { FINDING, RESULT } from '../made-result.ts';

const root = mkdtempSync(join(tmpdir(), 'fini-propose-'));
afterAll(() => rmSync(root, { recursive: true }));

let schemas: readonly SchemaFile[];
beforeAll(async () => {
  schemas = await readSchemas();
});

const acceptance = { id: FINDING.id, reason: 'announced', owner: 'api-team', expires: '2026-06-30' };
const accepted = (over: Partial<Finding>): DriftResult => ({
  ...RESULT,
  accepted: [{ ...FINDING, suppressedBy: acceptance, ...over }],
});

function shapesOf(body: unknown): Shapes {
  const collector = shapeCollector();
  collector.body('generate-answer/200/body', body);
  return collector.shapes();
}

/** Whether Generate Answer may answer with this, by schemas of which some are in a proposal. */
function allows(files: ReadonlyMap<string, string>, body: unknown): boolean {
  const ajv = new Ajv2020({ allowUnionTypes: true, strict: true, strictTuples: false });
  formats.default(ajv);
  for (const keyword of ['x-unit', 'x-assumption']) ajv.addKeyword(keyword);
  for (const { folder, name, text } of schemas) {
    if (folder === 'api') ajv.addSchema(JSON.parse(files.get(`api/${name}.schema.json`) ?? text));
  }
  return ajv.validate('https://fini-harness.dev/api/events.schema.json', body);
}

const events = example as Record<string, unknown>[];
const changed = (change: (event: Record<string, unknown>) => Record<string, unknown>): unknown => events.map(change);

const CASES: [string, Partial<Finding>, unknown, string][] = [
  ['null', {}, changed((event) => ({ ...event, message: null })), '2.0.0'],
  [
    'another type',
    { rule: 'response-property-type-changed', observed: { type: 'object', sample: '{}' } },
    changed((event) => ({ ...event, message: {} })),
    '2.0.0',
  ],
  [
    'a new role',
    {
      rule: 'response-property-enum-value-added',
      template: '#/responses/200/body/*/role',
      observed: { type: 'string', sample: 'system' },
    },
    changed((event) => ({ ...event, role: 'system' })),
    '2.0.0',
  ],
  [
    'another type of event',
    {
      rule: 'response-property-const-changed',
      template: '#/responses/200/body/*/type',
      observed: { type: 'string', sample: 'note' },
    },
    changed((event) => ({ ...event, type: 'note' })),
    '2.0.0',
  ],
  [
    'ids of another form',
    { rule: 'response-property-format-changed', template: '#/responses/200/body/*/id' },
    changed((event) => ({ ...event, id: 'evt_1' })),
    '2.0.0',
  ],
  [
    'a missing property',
    { rule: 'response-property-became-optional' },
    changed(({ message: _, ...event }) => event),
    '2.0.0',
  ],
  [
    'several missing properties',
    {
      rule: 'response-required-property-removed',
      template: '#/responses/200/body/*',
      expected: { required: ['tags', 'approved'] },
    },
    changed(({ tags: _, approved: __, ...event }) => event),
    '2.0.0',
  ],
  [
    'another name',
    { rule: 'response-property-renamed', observed: { type: 'string', sample: 'text' } },
    changed(({ message: text, ...event }) => ({ ...event, text })),
    '2.0.0',
  ],
  [
    'a new property of an article',
    {
      rule: 'response-property-added',
      class: 'additive',
      template: '#/responses/200/body/*/usedArticles/*/score',
      observed: { type: 'number', sample: '0.5' },
    },
    changed((event) => ({
      ...event,
      usedArticles: (event.usedArticles as object[]).map((article) => ({ ...article, score: 0.5 })),
    })),
    '1.1.0',
  ],
  [
    'a new object',
    { rule: 'response-property-added', class: 'additive', template: '#/responses/200/body/*/sentiment' },
    changed((event) => ({ ...event, sentiment: { label: 'good', score: 0.5, at: 1_749_640_953_000, tags: ['a'] } })),
    '1.1.0',
  ],
  [
    'a new map',
    { rule: 'response-property-added', class: 'additive', template: '#/responses/200/body/*/byCustomer' },
    changed((event) => ({
      ...event,
      byCustomer: { [crypto.randomUUID()]: { n: 1 }, [crypto.randomUUID()]: { n: 2 } },
    })),
    '1.1.0',
  ],
  [
    'a new object that is very deep',
    { rule: 'response-property-added', class: 'additive', template: '#/responses/200/body/*/tree' },
    changed((event) => ({ ...event, tree: JSON.parse(`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`) })),
    '1.1.0',
  ],
];

describe('a proposal', () => {
  it.each(['customer_*', '*', `${'a'.repeat(79)}…`])('leaves names such as %s to people', async (name) => {
    const template = `#/responses/200/body/*/${encodeURI(name)}`;
    const result = accepted({ rule: 'response-property-added', class: 'additive', template });
    expect(await propose(result)).toMatchObject({ changes: [], byHand: [{ template }] });
  });

  it.each(CASES)('makes %s a part of the contract', async (_, over, body, version) => {
    const result = { ...accepted(over), shapes: shapesOf(body) };
    const { files, to, changes, byHand } = await propose(result);
    expect([changes.length, byHand, to]).toEqual([1, [], version]);
    expect(allows(new Map(), body)).toBe(false);
    expect(allows(files, body)).toBe(true);
    expect(allows(files, example)).toBe(true);
    expect(
      allows(
        files,
        changed((event) => ({ ...event, createdAt: 'now' })),
      ),
    ).toBe(false);
  });

  it('keeps openapi.yaml equal to the schemas, and tells of it in the changelog', async () => {
    const { files } = await propose(accepted({}));
    const document = parse(files.get('openapi.yaml') ?? '');
    const after = schemas.map((file) => {
      const text = files.get(`${file.folder}/${file.name}.schema.json`);
      return text === undefined ? file : { ...file, text, schema: JSON.parse(text) };
    });
    expect(document.components.schemas).toEqual(componentSchemas(after));
    expect(document.info.version).toBe('2.0.0');
    const [first = '', second = ''] = (files.get('CHANGELOG.md') ?? '').split(/^## /m).slice(1);
    expect(first).toContain('2.0.0\n\n- Event: `message` may be null (seen in 3 of 90 answers');
    expect(second).toContain('1.0.0');
  });

  it('changes no more lines than it must', async () => {
    const { files } = await propose(accepted({}));
    const before = schemas.find(({ name }) => name === 'event')?.text.split('\n') ?? [];
    const after = files.get('api/event.schema.json')?.split('\n') ?? [];
    expect(after.filter((line) => !before.includes(line)).length).toBeLessThan(6);
  });

  it('is written as files to copy and as JSON Patch', async () => {
    const proposal = await propose(accepted({}));
    await writeProposal(root, proposal);
    const [{ file, patch }] = JSON.parse(readFileSync(join(root, 'patch.json'), 'utf8'));
    expect(file).toBe('contracts/api/event.schema.json');
    expect(patch).toEqual([{ op: 'replace', path: '/properties/message/type', value: ['string', 'null'] }]);
    expect(readFileSync(join(root, 'contracts', 'api', 'event.schema.json'), 'utf8')).toContain('"null"');
    expect(renderProposal(proposal, root)).toContain('1.0.0 to 2.0.0');
  });

  it.each([
    ['a status', { rule: 'undocumented-status', template: '#/responses/valid-user-turn/status' }],
    ['a rule of behaviour', { rule: 'echo-mismatch' }],
    ['a place that no schema knows', { template: '#/responses/200/body/*/nothing/here' }],
  ])('leaves %s to people', async (_, over) => {
    const { changes, byHand, files, to } = await propose(accepted(over));
    expect([changes, byHand.length, files.size, to]).toEqual([[], 1, 0, '1.0.0']);
  });

  it('asks for nothing that nobody accepted', async () => {
    expect((await propose({ ...RESULT, findings: [FINDING] })).changes).toEqual([]);
  });
});
