import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { didYouMean } from '../foundation/nearest.ts';
import { type CiServer, projectFiles } from '../init/project-files.ts';
import { writeProject } from '../init/write-project.ts';
import { CI_SERVERS, type InitOptions } from './flags/init-flags.ts';

const NEXT = `
Next:
  npx fini-harness doctor                 # checks machine, key and service
  npx fini-harness run smoke --embedded   # a first run, against the built-in reference server
  npx fini-harness plan load              # what a load test would send; sends nothing
`;

/** Makes a project's first files; overwrites none. */
export const init: Command<InitOptions> = async ({ folder, ci, yes }, io) => {
  const root = resolve(io.cwd, folder ?? '.');
  const server = ci ?? (yes ? recognised(root) : await asked(root, io));
  const written = await writeProject(root, await projectFiles(server));
  for (const { path, what } of written) io.out(`${what.padEnd(8)}  ${path}\n`);
  io.out(NEXT);
  return EXIT.pass;
};

function recognised(root: string): CiServer {
  if (existsSync(join(root, '.github'))) return 'github';
  return existsSync(join(root, '.gitlab-ci.yml')) ? 'gitlab' : 'none';
}

async function asked(root: string, io: Io): Promise<CiServer> {
  if (io.ask === undefined) throw usageError('no terminal to ask on: pass --yes, with --ci github, gitlab or none');
  const usual = recognised(root);
  const answer = (await io.ask(`CI files for ${CI_SERVERS.join(', ')} [${usual}]: `))?.trim().toLowerCase() ?? '';
  if (answer === '') return usual;
  const server = CI_SERVERS.find((one) => one === answer);
  if (server !== undefined) return server;
  throw usageError(`unknown CI server ${answer}${didYouMean(answer, CI_SERVERS)}: choose ${CI_SERVERS.join(', ')}`);
}
