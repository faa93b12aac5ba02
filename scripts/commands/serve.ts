import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EVENTS_PATH } from '../../contracts/paths.ts';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command } from '../foundation/io.ts';
import { parseFile } from '../foundation/parse-file.ts';
import {
  KINDS,
  listDrifts,
  listFaults,
  type OperatorInfo,
  OptionsError,
  type ReferenceServer,
  readLatencies,
  startReferenceServer,
} from '../reference-server/index.ts';
import { typedValue } from './flags/flag-values.ts';
import type { ServeOptions } from './flags/serve-flags.ts';

/** Runs the reference server until it is interrupted. */
export const serve: Command<ServeOptions> = async (options, io) => {
  if (options.listDrifts || options.listFaults) {
    io.out(table(options.listDrifts ? listDrifts() : listFaults()));
    return EXIT.pass;
  }
  const fromFile = options.options === undefined ? {} : await readOptions(resolve(io.cwd, options.options));
  const server = await start(
    await withLatencies({ ...fromFile, ...serverOptionsOf(options) }, io.cwd),
    options.options,
  );
  const { url, botId, taggedBotId, foreignBotId, keys, controlToken } = server;
  io.reveal(
    options.json
      ? `${JSON.stringify({ url, botId, taggedBotId, foreignBotId, keys, controlToken })}\n`
      : welcome(server),
  );
  if (!io.signal.aborted) await once(io.signal, 'abort');
  await server.close();
  return EXIT.pass;
};

/** Options of the reference server, which checks them; those that were not typed are left to the file and its defaults. */
function serverOptionsOf({ port, seed, parallel, service, drift, fault }: ServeOptions): Record<string, unknown> {
  const typed = {
    port,
    seed,
    parallel,
    service: service === undefined ? undefined : serviceLaw(service),
    drifts: drift.length === 0 ? undefined : rates(drift),
    faults: fault.length === 0 ? undefined : rates(fault),
  };
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined));
}

/** `law:mean` or `law:mean:cv`, in ms; `empirical:file`. */
function serviceLaw(text: string): Record<string, unknown> {
  const [law = '', mean = '', cv] = text.split(':');
  if (law === 'empirical') return { law, file: text.slice('empirical:'.length) };
  if (mean === '') throw usageError(`--service ${text}: give a law and its mean in ms, such as exponential:300`);
  return { law, meanMs: typedValue(mean), ...(cv === undefined ? {} : { cv: typedValue(cv) }) };
}

/** `id` or `id=rate` of each. */
function rates(texts: readonly string[]): Record<string, unknown> {
  const pairs = texts.map((text) => {
    const [id = '', rate = '1'] = text.split('=');
    return [id, typedValue(rate)];
  });
  return Object.fromEntries(pairs);
}

async function start(server: Record<string, unknown>, file: string | undefined): Promise<ReferenceServer> {
  try {
    return await startReferenceServer(server);
  } catch (error) {
    if (error instanceof OptionsError) {
      throw usageError(`Invalid server options${file === undefined ? '' : ` (flags and ${file})`}:\n${error.message}`);
    }
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw usageError(`Port ${server.port} is in use. Give another --port, or omit it to use a free one.`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** A law that names a file of latencies gets what is in it. */
async function withLatencies(server: Record<string, unknown>, cwd: string): Promise<Record<string, unknown>> {
  const { law, file } = (server.service ?? {}) as { law?: unknown; file?: unknown };
  if (law !== 'empirical' || typeof file !== 'string') return server;
  try {
    return { ...server, service: { law, latenciesMs: await readLatencies(resolve(cwd, file)) } };
  } catch (cause) {
    throw usageError(`Cannot read service times from ${file}: ${(cause as Error).message}`, { cause });
  }
}

async function readOptions(file: string): Promise<Record<string, unknown>> {
  try {
    const value = parseFile(await readFile(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw usageError(`Cannot read the server options in ${file}: ${(cause as Error).message}`, { cause });
  }
  throw usageError(`The server options in ${file} are not a JSON object.`);
}

/** One line an operator: id, what it does, and the kinds of exchanges that it changes. */
function table(operators: readonly OperatorInfo[]): string {
  const width = Math.max(...operators.map(({ id }) => id.length));
  const row = ({ id, title, on }: OperatorInfo): string => {
    const where = on.length === 0 ? '' : ` (${on.map((kind) => KINDS[kind]).join('; ')})`;
    return `${id.padEnd(width)}  ${title}${where}\n`;
  };
  return operators.map(row).join('');
}

function welcome({ url, botId, keys, controlToken }: ReferenceServer): string {
  return `Reference server on ${url}; its keys are valid only here. Stop it with Ctrl-C.

  export FINI_BASE_URL=${url}
  export FINI_API_KEY=${keys.readWrite}
  export FINI_BOT_ID=${botId}

  curl -s ${url}${EVENTS_PATH} \\
    -H 'Authorization: Bearer ${keys.readWrite}' -H 'Content-Type: application/json' \\
    -d '{"botId": "${botId}", "content": "Where is my order?"}'

What it received and stored:
  curl -s ${url}/__truth
Change what it does:
  curl -s -X PUT ${url}/__control -H 'Authorization: Bearer ${controlToken}' -H 'Content-Type: application/json' \\
    -d '{"faults": {"status-500": 0.1}}'
`;
}
