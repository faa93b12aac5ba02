import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { type ReferenceServerOptions, startReferenceServer, type TurnTruth } from '../../reference-server/index.ts';
import { serveCommand } from '../../run/serve-command.ts';

/** A service for a run. */
export interface Served {
  readonly env: Readonly<Record<string, string>>;
  /** Of a process of its own. */
  readonly pid: number | undefined;
  /** What it knows of its turns; undefined where it may be dead. */
  readonly turns: (() => readonly TurnTruth[]) | undefined;
  readonly close: () => Promise<void>;
}

/** In this process: its truth outlives whatever is killed. */
export async function serveHere(options: ReferenceServerOptions): Promise<Served> {
  const server = await startReferenceServer(options);
  return { env: environmentOf(server), pid: undefined, turns: server.turns, close: () => server.close(0) };
}

/** In a process of its own, that can be killed. */
export async function serveInChild(cwd: string, options: ReferenceServerOptions): Promise<Served> {
  const path = join(cwd, 'server.json');
  await writeFile(path, JSON.stringify(options));
  const [file, args] = await serveCommand(path);
  const child = execa(file, args, { stdin: 'ignore', stderr: 'ignore', buffer: false, reject: false });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    env: environmentOf(JSON.parse(String(line)) as Ready),
    pid: child.pid,
    turns: undefined,
    close: async () => {
      child.kill('SIGTERM');
      await child;
    },
  };
}

interface Ready {
  readonly url: string;
  readonly botId: string;
  readonly keys: { readonly readWrite: string };
}

const environmentOf = ({ url, botId, keys }: Ready): Record<string, string> => ({
  FINI_BASE_URL: url,
  FINI_BOT_ID: botId,
  FINI_API_KEY: keys.readWrite,
});
