import { once } from 'node:events';
import { resolve } from 'node:path';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command } from '../foundation/io.ts';
import { startView } from '../view/server/start-view.ts';
import type { ViewOptions } from './flags/view-flags.ts';

/** Shows results in a browser of this machine until it is interrupted. */
export const view: Command<ViewOptions> = async ({ results, memory, json }, io) => {
  const [folder = '.', ...others] = results;
  if (others.length > 0) throw usageError('view shows one folder: give the folder that contains the others');
  const { url, close } = await startView({
    folder: resolve(io.cwd, folder),
    memory: resolve(io.cwd, memory),
    redact: io.guard.redact,
  });
  io.reveal(json ? `${JSON.stringify({ url })}\n` : `${url}\n`);
  io.err('Open this address in a browser of this machine; it works once. Stop with Ctrl-C.\n');
  if (!io.signal.aborted) await once(io.signal, 'abort');
  await close();
  return EXIT.pass;
};
