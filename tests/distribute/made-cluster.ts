import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { distribute } from '../../scripts/commands/distribute.ts';
import { recordedIo } from '../io.ts';

export const KEY = 'fini_live_0123456789abcdef';
export const ENV = { FINI_API_KEY: KEY, FINI_BOT_ID: 'bot-1' };
export const HOST = 'api.example.com';
const DEFAULTS = {
  scenario: 'load',
  baseUrl: `https://${HOST}`,
  confirmTarget: HOST,
  runners: 3,
  rate: 6,
  duration: '60s',
  build: false,
  embedded: false,
  startIn: 600_000,
  secretName: 'my-key',
  runnerImage: 'grafana/k6:2.2.0',
  harnessImage: 'fini-harness:1',
  operator: '1.6',
  cleanup: false,
};

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

export async function distributed(over: object = {}, config: object = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'fini-harness-distribute-'));
  roots.push(cwd);
  writeFileSync(join(cwd, 'fini-harness.config.json'), JSON.stringify(config));
  const out = join(cwd, 'out');
  const io = recordedIo({ cwd, env: ENV });
  const exitCode = await distribute({ ...DEFAULTS, out, ...over } as never, io);
  return { out, io, exitCode, files: filesIn(out) };
}

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map(({ name, parentPath }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}
