import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import type { Plan, Target } from '../../contracts/generated/plan.ts';
import { HarnessError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Io } from '../foundation/io.ts';
import { privateFolder } from '../foundation/private-folder.ts';
import { apiKeyOf } from './config/environment.ts';
import { serveCommand } from './serve-command.ts';

/** What turns are sent to. */
export interface Service {
  readonly target: Target;
  readonly apiKey: string;
  /** Environment of further keys, where the server brought them along. */
  readonly spare?: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** The service that a plan names; the harness brings it along where the plan's target is embedded. */
export async function startService(
  { target, config, env }: Pick<Plan, 'target' | 'config'> & { readonly env: Io['env'] },
  io: Io,
): Promise<Service> {
  if (target.embedded) return startEmbedded({ config }, io);
  return { target, apiKey: apiKeyOf(env), close: () => Promise.resolve() };
}

/**
 * Starts the reference server in a process of its own, so that it does not share a processor's turn with the harness.
 * It never outlives the harness (a harness that is ended by SIGKILL: on Linux only).
 * @throws HarnessError (2) for options that it refuses, (1) when it does not come up.
 */
export async function startEmbedded({ config }: Pick<Plan, 'config'>, io: Io): Promise<Service> {
  const folder = await privateFolder();
  const options = join(folder.path, 'server.json');
  await writeFile(options, JSON.stringify(config.embedded ?? {}));
  const [file, args] = await serveCommand(options);
  const server = execa(file, args, {
    stdin: 'ignore',
    buffer: { stdout: false },
    reject: false,
    detached: true,
  });
  const close = async (): Promise<void> => {
    server.kill('SIGTERM');
    await server;
    await folder.remove();
  };
  const line = await Promise.race([firstLine(server.stdout), server.then(() => undefined)]);
  if (line === undefined) {
    const { exitCode, stderr } = await server;
    throw new HarnessError(exitCode === EXIT.usage ? EXIT.usage : EXIT.harnessFault, `reference server: ${stderr}`);
  }
  const ready = JSON.parse(line) as Ready;
  const { url, botId, keys } = ready;
  io.guard.protectKeys({ FINI_API_KEY: keys.readWrite, ...spareOf(ready) });
  io.err(`Reference server on ${url}: nothing is sent to the real service.\n`);
  return {
    target: { baseUrl: url, botId, embedded: true },
    apiKey: keys.readWrite,
    spare: spareOf(ready),
    close,
  };
}

async function firstLine(stream: Readable): Promise<string> {
  const [line] = await once(createInterface({ input: stream }), 'line');
  return String(line);
}

/** What the server says on its first line. */
interface Ready {
  readonly url: string;
  readonly botId: string;
  readonly taggedBotId: string;
  readonly foreignBotId: string;
  readonly keys: Readonly<Record<'readWrite' | 'read' | 'write' | 'revoked' | 'foreign', string>>;
}

function spareOf({ keys, taggedBotId, foreignBotId }: Ready): Record<string, string> {
  return {
    FINI_READ_KEY: keys.read,
    FINI_WRITE_KEY: keys.write,
    FINI_REVOKED_KEY: keys.revoked,
    FINI_OTHER_KEY: keys.foreign,
    FINI_OTHER_BOT_ID: foreignBotId,
    FINI_TAGGED_BOT_ID: taggedBotId,
  };
}
