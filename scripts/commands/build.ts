import { EXIT } from '../foundation/exit-codes.ts';
import type { Command } from '../foundation/io.ts';
import { buildAll } from '../k6/build/all.ts';

/** Builds validators, types and scenario bundles. */
export const build: Command<object> = async () => {
  await buildAll();
  return EXIT.pass;
};
