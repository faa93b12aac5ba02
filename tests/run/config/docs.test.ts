import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import schema from '../../../contracts/files/config.schema.json' with { type: 'json' };
import { PACKAGE_ROOT } from '../../../scripts/foundation/package-root.ts';
import { CONFIG_FILE, FLAG_KEYS, loadConfig } from '../../../scripts/run/config/load.ts';
import { readWorkload } from '../../../scripts/run/workload/read.ts';
import { scratch } from '../../cli/scratch.ts';

const page = (name: string): string => readFileSync(join(PACKAGE_ROOT, name), 'utf8');

/** Fenced blocks of a page in this language. */
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block);

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Every key that can be set, as `thinkTime.mean`. */
const keysOf = ({ properties = {} }: Schema, prefix = ''): string[] =>
  Object.entries(properties).flatMap(([key, value]) =>
    value.properties === undefined ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`),
  );

describe('docs/configuration.md', () => {
  const text = page('docs/configuration.md');
  const rows = [...text.matchAll(/^\| `([\w$.]+)` \| (?:`(--[\w-]+)`)? ?\| /gm)];

  it('has a row for every key of the schema, and no other', () => {
    expect(rows.map(([, key]) => key).sort()).toEqual(keysOf(schema as unknown as Schema).sort());
  });

  it('names the flag of every key that has one', () => {
    const flagOf = (key: string): string => `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const named = rows.flatMap(([, key = '', flag]) => (flag === undefined || key === 'embedded' ? [] : [[key, flag]]));
    expect(named.sort()).toEqual(FLAG_KEYS.map((key) => [key, flagOf(key)]).sort());
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
        loadConfig({ flags: {} }, { env: {}, cwd: scratch({ [CONFIG_FILE]: block }) }),
      ).resolves.toBeDefined();
    }
  });
});
