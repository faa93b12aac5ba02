import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import schema from '../../../contracts/files/config.schema.json' with { type: 'json' };
import { flagName } from '../../../scripts/commands/flags/command-line.ts';
import { runFlags } from '../../../scripts/commands/flags/run-flags.ts';
import { fragment } from '../../../scripts/commands/flags/settings.ts';
import { PACKAGE_ROOT } from '../../../scripts/foundation/package-root.ts';
import { FLAG_KEYS } from '../../../scripts/run/config/flag-keys.ts';
import { loadConfig } from '../../../scripts/run/config/load.ts';
import { CONFIG_FILE } from '../../../scripts/run/config/read-config-file.ts';
import { readWorkload } from '../../../scripts/run/workload/read.ts';
import { scratch } from '../../cli/scratch.ts';
import { recordedIo } from '../../io.ts';

const page = (name: string): string => readFileSync(join(PACKAGE_ROOT, name), 'utf8');

/** Fenced blocks of a page in this language. */
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block);

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly description?: string;
  readonly default?: unknown;
}

/** Every key that can be set, as `thinkTime.mean`, with its part of the schema. */
const keysOf = ({ properties = {} }: Schema, prefix = ''): [string, Schema][] =>
  Object.entries(properties).flatMap(([key, value]) =>
    value.properties === undefined ? [[`${prefix}${key}`, value]] : keysOf(value, `${prefix}${key}.`),
  );

const KEYS = keysOf(schema as Schema);

/** The table of docs/configuration.md, as the schema and the flags have it. */
function tableOfKeys(): string {
  const rows = KEYS.map(([key, { description = '', default: unset }]) => {
    const flag = key in runFlags.flags ? `\`${flagName(key)}\`` : '';
    const cells = [`\`${key}\``, flag, shown(unset), linked(fragment(description))];
    return `| ${cells.join(' | ').replaceAll('|  |', '| |').replaceAll('|  |', '| |')} |\n`;
  });
  return `| key | flag | default | meaning |\n|---|---|---|---|\n${rows.join('')}`;
}

const shown = (unset: unknown): string => (unset === undefined || typeof unset === 'object' ? '' : `\`${unset}\``);

const linked = (text: string): string => text.replaceAll(/docs\/([\w-]+\.md)/g, '[$1]($1)');

describe('docs/configuration.md', () => {
  const file = join(PACKAGE_ROOT, 'docs/configuration.md');
  const text = page('docs/configuration.md');

  it('has the table that the schema and the flags give; npx vitest -u writes it', async () => {
    const made = text.replace(/^\| key \| flag \|.*\n(\|.*\n)+/m, () => tableOfKeys());
    expect(made).toContain(tableOfKeys());
    await expect(made).toMatchFileSnapshot(file);
  });

  it('describes every key, and names the flag of every key that has one', () => {
    expect(KEYS.filter(([, { description }]) => description === undefined).map(([key]) => key)).toEqual([]);
    expect(FLAG_KEYS.filter((key) => !text.includes(`| \`${key}\` | \`${flagName(key)}\` |`))).toEqual([]);
  });

  it('shows a workload that can be read', async () => {
    const [block = ''] = blocks(text, 'jsonl');
    const { conversations } = await readWorkload(join(scratch({ 'talk.jsonl': block }), 'talk.jsonl'));
    expect(conversations).toHaveLength(2);
  });
});

describe('README.md', () => {
  it('shows configurations that load', async () => {
    const found = blocks(page('README.md'), 'json').filter((block) => block.includes('config.schema.json'));
    expect(found).not.toEqual([]);
    for (const block of found) {
      await expect(
        loadConfig({ flags: {} }, recordedIo({ cwd: scratch({ [CONFIG_FILE]: block }) })),
      ).resolves.toBeDefined();
    }
  });
});
