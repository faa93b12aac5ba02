import { createInterface } from 'node:readline';
import { execa } from 'execa';
import schema from '../../contracts/files/config.schema.json' with { type: 'json' };
import type { Plan, Target } from '../../contracts/generated/plan.ts';
import { HarnessError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { CLI } from '../package-root.ts';

/** What turns are sent to. */
export interface Service {
  readonly target: Target;
  readonly apiKey: string;
  readonly close: () => Promise<void>;
}

/** Where nothing names a service (no key, no bot, no base URL) the harness brings its own, and where it is asked to. */
export function wantsEmbedded(asked: boolean, { target }: Plan, env: Io['env']): boolean {
  const isNamed = env.FINI_API_KEY || target.botId !== '' || target.baseUrl !== schema.properties.baseUrl.default;
  return asked || !isNamed;
}

/**
 * Starts the reference server in a process of its own, so that it does not share a processor's turn with the harness.
 * @throws HarnessError (1) when it does not come up.
 */
export async function startEmbedded({ config }: Plan, io: Io): Promise<Service> {
  const options = JSON.stringify(config.embedded ?? {});
  const server = execa(process.execPath, [CLI, 'serve', '--json', '--port', '0', '--options', options], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    reject: false,
    detached: true,
  });
  const close = async (): Promise<void> => {
    server.kill('SIGTERM');
    await server;
  };
  try {
    const { url, botId, apiKey } = await ready(server);
    io.err(`reference server on ${url} (no FINI_API_KEY: nothing is sent to the real service)\n`);
    return { target: { baseUrl: url, botId, embedded: true }, apiKey, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Ready {
  readonly url: string;
  readonly botId: string;
  readonly apiKey: string;
}

/** The server says on its first line where it is. */
async function ready(server: { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream }): Promise<Ready> {
  const complaints: string[] = [];
  createInterface({ input: server.stderr }).on('line', (line) => complaints.push(line));
  for await (const line of createInterface({ input: server.stdout })) return JSON.parse(line) as Ready;
  throw new HarnessError(EXIT.harnessFault, `the reference server did not start: ${complaints.join(' ')}`);
}
