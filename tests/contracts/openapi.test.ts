import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ERROR_STATUSES } from '../../contracts/status.ts';
import { readSchemas } from '../../scripts/k6/build/contract-schemas.ts';
import { withSchemas } from '../../scripts/k6/build/openapi-schemas.ts';
import example from './fixtures/generate-answer.example.json' with { type: 'json' };
import request from './fixtures/generate-answer.request.json' with { type: 'json' };

const FILE = fileURLToPath(new URL('../../contracts/openapi.yaml', import.meta.url));

interface Document {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses?: object }>>>>;
  readonly components: {
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

let document: Document;
beforeAll(async () => {
  document = parse(await readFile(FILE, 'utf8'));
});

describe('openapi.yaml', () => {
  test('holds the schemas of contracts/api, as they are written by a proposal', async () => {
    const text = await readFile(FILE, 'utf8');
    expect(text).toBe(withSchemas(text, await readSchemas()));
  });

  test('has the version that its changelog tells of last', async () => {
    const changelog = await readFile(new URL('../../contracts/CHANGELOG.md', import.meta.url), 'utf8');
    expect(document.info.version).toBe(/^## (\S+)$/m.exec(changelog)?.[1]);
  });

  test("shows the reference's example", () => {
    expect(document.components.examples.Events?.value).toEqual(example);
    expect(document.components.examples.GenerateAnswerRequest?.value).toEqual(request);
  });

  test('has the six operations, Generate Answer with the statuses that the contract takes for documented', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).flatMap((method) => (method === 'parameters' ? [] : [`${method} ${path}`])),
    );
    expect(operations.sort()).toEqual([
      'delete /v2/hc-interactions/public',
      'delete /v2/hc-interactions/{id}/public',
      'get /v2/bots/public',
      'get /v2/hc-interactions/public',
      'get /v2/hc-interactions/{id}/public',
      'post /v2/hc-interactions/events/public',
    ]);
    const { responses } = document.paths['/v2/hc-interactions/events/public']?.post ?? {};
    expect(Object.keys(responses ?? {}).map(Number)).toEqual([200, ...ERROR_STATUSES]);
  });

  test('passes the linter', async () => {
    const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const { all } = await execa('redocly', ['lint', FILE], { all: true, preferLocal: true, env });
    expect(all).toContain('Your API description is valid');
  });
});
