import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { remembered, versionOf } from '../../../scripts/view/runs/file-version.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'fini-harness-version-'));
});
afterAll(() => rm(root, { recursive: true }));

it('a version changes with a file: when it comes, grows and is replaced', async () => {
  const [path, other] = [join(root, 'a'), join(root, 'b')];
  const versions = [await versionOf([path, other])];
  for (const text of ['1', '12', '21']) {
    await rm(path, { force: true });
    await writeFile(path, text);
    versions.push(await versionOf([path, other]));
  }
  expect(new Set(versions).size).toBe(4);
  expect(await versionOf([path, other])).toBe(versions.at(-1));
});

it('what is remembered is made anew for another version only, and forgotten where there is too much', async () => {
  const made: string[] = [];
  const known = remembered<string>(2);
  const ask = (key: string, version: string) =>
    known(key, version, async () => {
      made.push(key + version);
      return key + version;
    });
  for (const [key, version] of ['a1', 'a1', 'b1', 'a2', 'a2', 'c1', 'b1'].map((it) => it.split(''))) {
    expect(await ask(key ?? '', version ?? '')).toBe(`${key}${version}`);
  }
  expect(made).toEqual(['a1', 'b1', 'a2', 'c1', 'b1']);
});
