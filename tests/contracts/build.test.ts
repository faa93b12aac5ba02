import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONTRACTS, readSchemas } from '../../scripts/k6/build/contract-schemas.ts';
import { buildContracts } from '../../scripts/k6/build/contracts.ts';

const GENERATED = join(CONTRACTS, 'generated');

test('a schema each has a module of types, and nothing is built twice', async () => {
  await buildContracts();
  const before = await stat(join(GENERATED, 'validators.js'));
  await buildContracts();
  expect((await stat(join(GENERATED, 'validators.js'))).mtimeMs).toBe(before.mtimeMs);
  const files = await readdir(GENERATED);
  for (const { name, schema } of await readSchemas()) {
    expect(files).toContain(`${name}.ts`);
    expect(await readFile(join(GENERATED, `${name}.ts`), 'utf8')).toMatch(
      new RegExp(`^export (interface|type) ${schema.title}\\b`, 'm'),
    );
  }
});

test('the validators stand alone', async () => {
  const code = await readFile(join(GENERATED, 'validators.js'), 'utf8');
  expect(code).not.toMatch(/\brequire\(|\bimport\b|new Function|\/u[.;,)]/);
});
