import { EXIT } from '../foundation/exit-codes.ts';
import type { Command } from '../foundation/io.ts';
import { buildAll } from '../k6/build/all.ts';
import { buildOwnScenarios } from '../k6/build/own-scenarios.ts';
import { findK6 } from '../k6/provision.ts';

/** Does ahead of time what a first run would wait for: provides k6, and builds scenarios. For images and CI caches. */
export const setup: Command<object> = async (_, io) => {
  await buildAll();
  await buildOwnScenarios(io.cwd);
  const { path, version, source } = await findK6(io);
  io.out(`k6 ${version} (${source}): ${path}\n`);
  return EXIT.pass;
};
