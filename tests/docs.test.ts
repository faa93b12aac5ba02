import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../scripts/commands/index.ts';
import { EXIT } from '../scripts/foundation/exit-codes.ts';
import { PACKAGE_ROOT } from '../scripts/foundation/package-root.ts';
import { validatorOf } from '../scripts/foundation/schema/validator.ts';
import { main } from '../scripts/main.ts';
import { recordedIo } from './io.ts';

const DOCS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/capacity.md',
  'docs/comparison.md',
  'docs/contract.md',
  'docs/conversations.md',
  'docs/history.md',
  'docs/reference-server.md',
  'docs/reliability.md',
  'docs/safety.md',
  'docs/secrets.md',
  'SECURITY.md',
];
const read = (file: string): string => readFileSync(join(PACKAGE_ROOT, file), 'utf8');
const blocks = (file: string, language: string): string[] =>
  [...read(file).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);

const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);

/** Every `fini-harness ...` in a document, without what a shell would do with its output. */
const commandLines = (file: string): string[] =>
  [
    ...read(file).matchAll(
      /(?:npx )?fini-harness ((?:run|plan|report|serve|build|doctor|audit|cleanup|compare|history|drift|capacity)\b[^\n`|>#]*)/g,
    ),
  ].map(([, line = '']) => line.trim());

describe.each(DOCS)('%s', (file) => {
  it('names only npm scripts that there are', () => {
    const named = [...read(file).matchAll(/npm (?:run )?(start|test|run [\w:-]+)|npm run ([\w:-]+)/g)].map(
      ([, a, b]) => b ?? a ?? '',
    );
    expect(named.map((name) => name.replace('run ', '')).filter((name) => !scripts.includes(name))).toEqual([]);
  });

  it('names only commands and flags that there are', async () => {
    for (const line of commandLines(file)) {
      const [command = '', ...words] = line.split(/\s+/);
      const io = recordedIo();
      expect(
        COMMANDS.map(({ name }) => name),
        line,
      ).toContain(command);
      await main([command, '--help'], io);
      const flags = words
        .slice(0, words.includes('--') ? words.indexOf('--') : undefined)
        .filter((word) => word.startsWith('--'));
      for (const flag of flags) expect(io.said().out, line).toContain(flag.replace(/=.*/, ''));
    }
  });

  it('links only to files that there are', () => {
    const targets = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);
    const folder = join(PACKAGE_ROOT, file, '..');
    expect(targets.filter((target) => !existsSync(join(folder, target)))).toEqual([]);
  });
});

describe('README.md', () => {
  it.each(blocks('README.md', 'json'))('holds a configuration that is valid: %#', (text) => {
    const validate = validatorOf('config');
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  it('has the table of exit codes', () => {
    const table = [...read('README.md').matchAll(/^\| (\d+) \| /gm)].map(([, code]) => Number(code));
    expect(table).toEqual(Object.values(EXIT));
  });
});
