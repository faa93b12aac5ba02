import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HarnessError, usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { didYouMean } from '../foundation/nearest.ts';
import { type CiServer, GITLAB_PIPELINE, projectFiles } from '../init/project-files.ts';
import { writeProject } from '../init/write-project.ts';
import { CI_SERVERS, type InitOptions } from './flags/init-flags.ts';

/** A pipeline that is there already stays as it is. */
const INCLUDE = `
Include the jobs in ${GITLAB_PIPELINE.path}, unless it does so already:
${GITLAB_PIPELINE.text.replace(/^/gm, '  ').trimEnd()}
`;

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
  if (written.some(({ path, what }) => path === GITLAB_PIPELINE.path && what === 'kept')) io.out(INCLUDE);
  io.out(NEXT);
  return EXIT.pass;
};

function recognised(root: string): CiServer {
  if (existsSync(join(root, '.github'))) return 'github';
  return existsSync(join(root, '.gitlab-ci.yml')) ? 'gitlab' : 'none';
}

async function asked(root: string, io: Io): Promise<CiServer> {
  if (io.ask === undefined)
    throw usageError('there is no terminal for questions: use --yes with --ci github, gitlab or none');
  const usual = recognised(root);
  const said = await io.ask(`CI files for ${CI_SERVERS.join(', ')} [${usual}]: `);
  if (said === undefined) throw new HarnessError(EXIT.interrupted, 'there was no answer; nothing was written');
  const answer = said.trim().toLowerCase();
  if (answer === '') return usual;
  const server = CI_SERVERS.find((one) => one === answer);
  if (server !== undefined) return server;
  throw usageError(`unknown CI server ${answer}${didYouMean(answer, CI_SERVERS)}: choose ${CI_SERVERS.join(', ')}`);
}
