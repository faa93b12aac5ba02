import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { PACKAGE_ROOT } from '../../scripts/foundation/package-root.ts';

export interface Packed {
  readonly tarball: string;
  readonly files: readonly string[];
  readonly unpackedBytes: number;
}

/** The package as `npm publish` would send it, in a folder. */
export async function pack(folder: string): Promise<Packed> {
  const { stdout } = await execa('npm', ['pack', '--json', '--pack-destination', folder], { cwd: PACKAGE_ROOT });
  // What prepack prints comes before the JSON.
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [
    { filename: string; unpackedSize: number; files: { path: string }[] },
  ];
  const files = packed.files.map(({ path }) => path);
  return { tarball: join(folder, packed.filename), files, unpackedBytes: packed.unpackedSize };
}

/** A project of somebody else with the package installed, in a folder whose name asks for trouble. */
export async function project(
  tarball: string,
  parent: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = join(parent, 'my pröject');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"name":"mine","private":true,"type":"module"}\n');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  await execa('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], { cwd: folder });
  return folder;
}
