import { buildAll } from '../build/all.ts';
import { EXIT } from '../exit-codes.ts';
import type { Command } from '../io.ts';

/** Builds validators, types and scenario bundles. */
export const build: Command<void> = async () => {
  await buildAll();
  return EXIT.pass;
};
