import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildScenarios } from '../../../scripts/k6/build/scenarios.ts';
import { writeChanged } from '../../../scripts/k6/build/write-changed.ts';
import { scratch } from '../../cli/scratch.ts';

const OLD = '// as it was built before\n';

describe('writeChanged', () => {
  it.each([
    { what: 'replaces a file that says something else, so that an open one stays whole', before: OLD, same: false },
    { what: 'leaves a file that says the same', before: 'text\n', same: true },
  ])('$what', async ({ before, same }) => {
    const path = join(scratch({ 'file.js': before }), 'file.js');
    const { ino } = statSync(path);
    await writeChanged(path, 'text\n');
    expect(readFileSync(path, 'utf8')).toBe('text\n');
    expect(statSync(path).ino === ino).toBe(same);
  });

  it('makes the folder, and leaves no draft', async () => {
    const folder = join(scratch(), 'new', 'folder');
    await Promise.all(['a', 'b', 'a'].map((text) => writeChanged(join(folder, 'file.js'), text)));
    expect(readdirSync(folder)).toEqual(['file.js']);
  });
});

it('two builds at once: whoever reads finds every file whole', async () => {
  const reference = scratch();
  await buildScenarios(reference);
  const names = readdirSync(reference, { recursive: true, encoding: 'utf8' }).filter((name) => /\.js(on)?$/.test(name));
  const out = scratch(Object.fromEntries(names.map((name) => [name, OLD])));

  const torn = new Set<string>();
  let building = true;
  const read = async (): Promise<void> => {
    while (building) {
      for (const name of names) {
        const text = readFileSync(join(out, name), 'utf8');
        if (text !== OLD && text !== readFileSync(join(reference, name), 'utf8')) torn.add(name);
      }
      await new Promise(setImmediate);
    }
  };
  const reading = read();
  await Promise.all([buildScenarios(out), buildScenarios(out)]).finally(() => {
    building = false;
  });
  await reading;
  expect(names).toContain('profiles.json');
  expect([...torn]).toEqual([]);
  expect(readFileSync(join(out, 'load.js'), 'utf8')).toBe(readFileSync(join(reference, 'load.js'), 'utf8'));
  expect(readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
