import { performance } from 'node:perf_hooks';
import { AGENTS_PATH } from '../../contracts/paths.ts';
import { HarnessError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Io } from '../foundation/io.ts';
import { duration, plural } from '../foundation/text/format.ts';
import type { Agent } from '../http/agents.ts';
import { proxyOf } from '../http/proxy-of.ts';
import { isLoopback } from '../run/config/base-url.ts';
import { apiKeyOf } from '../run/config/environment.ts';
import type { FullConfig } from '../run/config/load.ts';
import { type AgentsAnswer, listAgents } from '../run/preflight.ts';
import { wantsEmbedded } from '../run/wants-embedded.ts';
import { clockFinding } from './clock.ts';
import { type Diagnosis, notice, ok, problem } from './diagnosis.ts';
import { tryWriting } from './try-writing.ts';

interface ServiceConfig {
  readonly baseUrl: string;
  readonly botId?: string | undefined;
  readonly continuation: FullConfig['continuation'];
}

/** What a configuration says of the service. */
interface ExaminedService {
  readonly config: ServiceConfig;
  readonly namesService: boolean;
}

/** What a run needs of the service and the key. Only with `write` something is stored there, and removed again. */
export async function examineService(
  { config, namesService }: ExaminedService,
  write: boolean,
  io: Io,
): Promise<Diagnosis[]> {
  const { baseUrl } = config;
  const unnamed = unnamedService(namesService, io);
  if (unnamed !== undefined) return [unnamed];
  const network = target(baseUrl, io);
  const key = keyOf(io);
  if (typeof key !== 'string' || network.some(({ status }) => status === 'problem')) {
    return [...network, ...(typeof key === 'string' ? [] : [key])];
  }
  return [...network, ...(await ask(config, key, write, io))];
}

/** Where nothing names a service: a run brings its own, or refuses to. */
function unnamedService(namesService: boolean, { env }: Io): Diagnosis | undefined {
  try {
    if (!wantsEmbedded({ embedded: false }, namesService, env)) return undefined;
    return notice(
      'API key',
      'not set',
      'to test a service, set FINI_API_KEY; without it, runs use the reference server',
    );
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return problem('API key', error.message, 'set it, or run with --embedded', error.exitCode);
  }
}

function target(baseUrl: string, io: Io): Diagnosis[] {
  const { protocol } = new URL(baseUrl);
  if (protocol !== 'https:' && !isLoopback(baseUrl)) {
    return [problem('target', `${baseUrl} would transmit the API key in clear text`, 'use https://', EXIT.refused)];
  }
  try {
    const proxy = proxyOf(baseUrl, io.env);
    return [ok('target', proxy === undefined ? baseUrl : `${baseUrl} through the proxy ${proxy.shown}`)];
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return [problem('target', error.message, 'correct or unset it', EXIT.usage)];
  }
}

function keyOf({ env }: Io): string | Diagnosis {
  try {
    return apiKeyOf(env);
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return problem('API key', error.message, 'copy it from the workspace into FINI_API_KEY', EXIT.usage);
  }
}

async function ask(
  { baseUrl, botId, continuation }: ServiceConfig,
  key: string,
  write: boolean,
  io: Io,
): Promise<Diagnosis[]> {
  const url = `${baseUrl}${AGENTS_PATH}`;
  const [sentAt, begun] = [Date.now(), performance.now()];
  let response: AgentsAnswer;
  try {
    response = await listAgents(url, key, io.signal);
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    if (error.exitCode === EXIT.interrupted) throw error;
    const advice = 'check FINI_BASE_URL, the network, and HTTPS_PROXY';
    return [problem('service', error.message, advice, EXIT.unreachable)];
  }
  const tookMs = performance.now() - begun;
  const { status } = response;
  const answered = ok('service', `answers in ${duration(tookMs)}`);
  const clock = clockFinding(response.date, sentAt + tookMs / 2, tookMs / 2);
  if (status === 401) {
    return [answered, clock, problem('API key', 'refused (401)', 'check FINI_API_KEY', EXIT.unreachable)];
  }
  if (status !== 200 && status !== 403) {
    const text = `${url} answers ${status}`;
    return [problem('service', text, 'is the base URL right?', EXIT.unreachable), clock];
  }
  const agents = status === 403 ? undefined : response.agents;
  return [
    answered,
    clock,
    status === 403 ? withoutReading(continuation) : readScope(agents),
    agent(botId, agents, status),
    await writing(write, { baseUrl, botId, canRead: status === 200 }, key, io),
  ];
}

function withoutReading({ strategy }: FullConfig['continuation']): Diagnosis {
  const text = 'missing: stored conversations cannot be found or read';
  const advice = 'use a key with it, or continuation.strategy single or fixed';
  return strategy === 'discover'
    ? problem('read scope', text, advice, EXIT.usage)
    : notice('read scope', text, 'use a key with it for audits and drift checks');
}

function readScope(agents: readonly Agent[] | undefined): Diagnosis {
  if (agents !== undefined) return ok('read scope', 'granted');
  return notice('read scope', 'not known: List agents answered 200 without a list', 'is the base URL right?');
}

function agent(botId: string | undefined, agents: readonly Agent[] | undefined, status: number): Diagnosis {
  const known = (agents ?? []).map(({ id, name }) => `${id} (${name})`).join(', ');
  if (botId === undefined) {
    const advice = known === '' ? 'set FINI_BOT_ID' : `set FINI_BOT_ID to one of ${known}`;
    return problem('agent', 'none is named', advice, EXIT.usage);
  }
  if (agents === undefined) {
    const why = status === 403 ? 'without the read scope' : 'without a list of agents';
    return notice('agent', `${botId}, unseen`, `cannot be checked ${why}`);
  }
  const own = agents.find(({ id }) => id === botId);
  if (own !== undefined) return ok('agent', `${botId} (${own.name}), of ${plural(agents.length, 'agent')}`);
  return problem(
    'agent',
    `${botId} is not in this workspace`,
    `set FINI_BOT_ID to one of ${known || 'its agents (it has none)'}`,
    EXIT.usage,
  );
}

interface Writing extends Omit<ServiceConfig, 'continuation'> {
  readonly canRead: boolean;
}

async function writing(write: boolean, { baseUrl, botId, canRead }: Writing, key: string, io: Io): Promise<Diagnosis> {
  if (!write)
    return notice(
      'write scope',
      'not tried',
      '--write stores a turn of role agent, which costs no reply, and removes it',
    );
  if (botId === undefined) return notice('write scope', 'not tried', 'name the agent first');
  if (!canRead)
    return notice('write scope', 'not tried', 'without the read scope, the turn could not be removed again');
  return tryWriting({ baseUrl, botId }, key, io);
}
