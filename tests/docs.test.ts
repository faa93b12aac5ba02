import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../scripts/commands/index.ts';
import { EXIT } from '../scripts/foundation/exit-codes.ts';
import { PACKAGE_ROOT } from '../scripts/foundation/package-root.ts';
import { validatorOf } from '../scripts/foundation/schema/validator.ts';
import { main } from '../scripts/main.ts';
import { recordedIo } from './io.ts';

const markdownIn = (folder: string): string[] =>
  readdirSync(join(PACKAGE_ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const DECISIONS = markdownIn('docs/decisions');
const TEMPLATES = ['github', 'gitlab'].flatMap((server) =>
  readdirSync(join(PACKAGE_ROOT, 'templates', server)).map((name) => join('templates', server, name)),
);
const DOCS = [...markdownIn('.'), ...markdownIn('docs'), ...DECISIONS, 'contracts/CHANGELOG.md', ...TEMPLATES];
const read = (file: string): string => readFileSync(join(PACKAGE_ROOT, file), 'utf8');
const blocks = (file: string, language: string): string[] =>
  [...read(file).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);

/** Links of a document that stay in the project. */
const linksOf = (file: string): { path: string; anchor: string }[] =>
  [...read(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].map(([, path = '', anchor = '']) => ({
    path,
    anchor,
  }));

/** Anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);

/** Every `fini-harness ...` in a document, without what a shell would do with its output. */
const commandLines = (file: string): string[] =>
  [
    ...read(file).matchAll(
      /(?:npx )?fini-harness ((?:run|plan|report|serve|build|doctor|audit|cleanup|compare|history|drift|capacity|init|setup|completion)\b[^\n`|>#]*)/g,
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
    const folder = join(file, '..');
    expect(linksOf(file).filter(({ path }) => !existsSync(join(PACKAGE_ROOT, folder, path)))).toEqual([]);
  });

  it('links only to headings that there are', () => {
    const anchored = linksOf(file).filter(({ path, anchor }) => anchor !== '' && (path === '' || path.endsWith('.md')));
    const broken = anchored.filter(({ path, anchor }) => {
      return !anchorsOf(path === '' ? file : join(file, '..', path)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

describe('docs/decisions', () => {
  const index = read('docs/decisions/README.md');
  const pages = DECISIONS.filter((file) => basename(file) !== 'README.md');

  it('are all in the index, by number and title', () => {
    const rows = [...index.matchAll(/^\| (\d+) \| \[(.+)\]\((.+\.md)\) \| .+ \|$/gm)];
    const inPages = pages.map((file) => [basename(file), /^# (\d+)\. (.+)$/m.exec(read(file))?.slice(1).join()]);
    expect(rows.map(([, number, title, file]) => [file, `${number},${title}`])).toEqual(inPages.sort());
  });

  it.each(pages)('%s has a number, a date and the four parts', (file) => {
    const headings = [...read(file).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Context', 'Decision', 'Evidence', 'Consequences']);
    expect(read(file)).toMatch(/^# \d+\. .+\n\nDate: \d{4}-\d{2}-\d{2}/);
    expect(Number(basename(file).slice(0, 4))).toBe(Number(/^# (\d+)/.exec(read(file))?.[1]));
  });
});

describe('ARCHITECTURE.md', () => {
  const text = read('ARCHITECTURE.md');

  it('has every folder of scripts/ on the floor that the walls give it', () => {
    const rows = [...text.matchAll(/^\| (\d) \| `(\w+)\/` \|/gm)].map(([, floor, folder = '']) => [
      folder,
      Number(floor),
    ]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(floors()));
    const folders = readdirSync(join(PACKAGE_ROOT, 'scripts'), { withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    );
    expect([...rows.map(([folder]) => folder), 'proofs', 'reference-server'].sort()).toEqual(
      folders.map(({ name }) => name).sort(),
    );
  });

  it('names only files that there are', () => {
    const named = [...text.matchAll(/`((?:contracts|scenarios|scripts|tests)\/[\w./-]*)`/g)].map(
      ([, path = '']) => path,
    );
    expect(named.length).toBeGreaterThan(20);
    const built = (path: string): boolean => path.startsWith('contracts/generated');
    expect(named.filter((path) => !built(path) && !existsSync(join(PACKAGE_ROOT, path)))).toEqual([]);
  });

  /** From the walls: a folder stands one floor above the highest one that it may import. */
  function floors(): [string, number][] {
    const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
      forbidden: { name: string; to: { path?: string | string[] } }[];
    };
    const outOfReach = new Map(
      forbidden.flatMap(({ name, to }): [string, string[]][] => {
        const [, folder] = /^(\w+)-imports-lower-floors-only$/.exec(name) ?? [];
        return folder === undefined ? [] : [[folder, [to.path ?? []].flat()]];
      }),
    );
    const floorOf = (folder: string): number => {
      const below = [...outOfReach.keys()].filter((other) => {
        return other !== folder && !outOfReach.get(folder)?.includes(`^scripts/${other}/`);
      });
      return 1 + Math.max(0, ...below.map(floorOf));
    };
    return [...outOfReach.keys()].map((folder) => [folder, floorOf(folder)]);
  }
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
