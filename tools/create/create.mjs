#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** `npm create fini-harness [folder] [-- flags of init]`: installs the harness into a project, then runs `fini-harness init` there. */
const args = process.argv.slice(2);
const named = args[0] !== undefined && !args[0].startsWith('-');
const folder = resolve(named ? args[0] : '.');
const flags = named ? args.slice(1) : args;
/** What to install: a tarball or a version of one's own in place of the published one. */
const source = process.env.FINI_HARNESS_SOURCE ?? 'fini-harness';

function run(command, ...words) {
  // npm is a script on Windows.
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, error } = spawnSync(command, words, { cwd: folder, stdio: 'inherit', shell });
  if (error !== undefined) console.error(`${command} cannot be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

mkdirSync(folder, { recursive: true });
if (!existsSync(join(folder, 'package.json'))) {
  writeFileSync(join(folder, 'package.json'), '{\n  "private": true,\n  "type": "module"\n}\n');
}
run('npm', 'install', '--save-dev', '--no-audit', '--no-fund', '--prefer-offline', source);
run(process.execPath, join(folder, 'node_modules', 'fini-harness', 'bin', 'fini-harness.mjs'), 'init', ...flags);
