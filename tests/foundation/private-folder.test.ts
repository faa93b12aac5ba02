import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, expect, it } from 'vitest';
import { thisProcess } from '../../scripts/foundation/owner.ts';
import { privateFolder } from '../../scripts/foundation/private-folder.ts';
import { removeLeftovers } from '../../scripts/foundation/private-leftovers.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderOf(owner: unknown, prefix = 'fini-harness-private-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  folders.push(folder);
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'deep', 'personal.json'), '{}');
  if (owner !== undefined)
    writeFileSync(join(folder, 'owner.json'), typeof owner === 'string' ? owner : JSON.stringify(owner));
  return folder;
}

it('removes what a process that was killed has left, and nothing else', async () => {
  const path = new URL('../../scripts/foundation/private-folder.ts', import.meta.url).href;
  const code = `const { path } = await (await import(${JSON.stringify(path)})).privateFolder();
    console.log(path); process.kill(process.pid, 'SIGKILL');`;
  const killed = await execa(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    reject: false,
  });
  const left = String(killed.stdout);
  folders.push(left);
  expect([killed.signal, existsSync(left)]).toEqual(['SIGKILL', true]);

  const me = await thisProcess();
  const own = await privateFolder();
  const kept = [
    own.path,
    folderOf({ ...me, host: 'another' }),
    folderOf({ ...me, namespace: 'pid:[another]' }),
    folderOf(undefined),
    folderOf('{"pid": '),
    folderOf('null'),
    folderOf({ pid: 'x' }),
    // Every start would look into hundreds of these, where tests and benchmarks were killed.
    folderOf({ ...me, start: '1' }, 'fini-harness-'),
  ];
  const gone = [left, folderOf({ ...me, start: '1' }), folderOf({ ...me, boot: 'before' })];
  await removeLeftovers();
  expect(kept.filter((folder) => !existsSync(folder))).toEqual([]);
  expect(gone.filter((folder) => existsSync(folder))).toEqual([]);
  await own.remove();
  expect(existsSync(own.path)).toBe(false);
});
