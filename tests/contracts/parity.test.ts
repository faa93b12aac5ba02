import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findK6 } from '../../scripts/k6/provision.ts';
import { recordedIo } from '../io.ts';
import { CASES } from './cases/index.ts';
import { judged } from './judged.ts';

let folder: string;
let lines: readonly string[];
let bundle: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parity-'));
  bundle = join(folder, 'parity.js');
  await build({
    entryPoints: [fileURLToPath(new URL('parity.k6.ts', import.meta.url))],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2020',
    logLevel: 'silent',
  });
  const output = join(folder, 'lines.ndjson');
  const { path } = await findK6(recordedIo({ env: process.env }));
  const flags = ['--quiet', '--no-usage-report', '--log-format', 'raw', '--console-output', output];
  await execa(path, ['run', ...flags, '--iterations', '1', '--vus', '1', bundle]);
  lines = (await readFile(output, 'utf8')).trimEnd().split('\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('the contract inside k6', () => {
  test('judges every case', () => expect(lines).toHaveLength(CASES.length));

  test.each(CASES.map((row, index) => [row.name, row, index] as const))('as in Node: %s', (_, row, index) => {
    expect(JSON.parse(lines[index] ?? 'null')).toEqual(JSON.parse(judged(row)));
  });

  test('its bundle holds no Ajv and needs no module', async () => {
    const code = await readFile(bundle, 'utf8');
    expect(code).not.toMatch(/\brequire\(|ajv|addSchema|unicodeRegExp|\bnew Function\b|^import /im);
  });
});
