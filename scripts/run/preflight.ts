import type { Plan } from '../../contracts/generated/plan.ts';
import { AGENTS_PATH } from '../../contracts/paths.ts';
import { connectionTrouble } from '../foundation/connection-trouble.ts';
import { deadline } from '../foundation/deadline.ts';
import { HarnessError, usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import { printable } from '../foundation/text/printable.ts';
import { type Agent, agentsOf } from '../http/agents.ts';
import { bodyText, parsed } from '../http/body-text.ts';

const TIMEOUT_MS = 10_000;

/** What List agents told about the target and the key, at no cost. */
export interface Preflight {
  /** Whether the key may read: without that, conversations cannot be discovered. */
  readonly canRead: boolean;
}

/**
 * Asks List agents once, before anything is sent that costs money: is the target there, is the key accepted,
 * and does the bot exist?
 * @param signal aborted: the user has ended it
 * @throws HarnessError with exit code 130 when the user ended it, 8 when the target cannot be reached or refuses the key, 2 for an unknown bot.
 */
export async function preflight(
  target: { baseUrl: string; botId: string },
  apiKey: string,
  signal: AbortSignal,
): Promise<Preflight> {
  const url = `${target.baseUrl}${AGENTS_PATH}`;
  const response = await listAgents(url, apiKey, signal);
  if (response.status === 401) {
    throw new HarnessError(EXIT.unreachable, `${url} refuses the API key (401): check FINI_API_KEY`);
  }
  if (response.status === 403) return { canRead: false };
  if (response.status !== 200) {
    throw new HarnessError(EXIT.unreachable, `${url} answers ${response.status}: is this the right base URL?`);
  }
  const { agents } = response;
  if (agents !== undefined && !agents.some(({ id }) => id === target.botId)) {
    const known =
      agents.length === 0
        ? 'the workspace has no agents'
        : `the workspace has ${agents
            .slice(0, 5)
            .map(({ id }) => printable(id))
            .join(', ')}`;
    throw usageError(`bot ${target.botId} is not among the agents that this key can see (${known}): check --bot-id`);
  }
  return { canRead: true };
}

/** @throws HarnessError (2) where the key cannot do what the plan asks for */
export function assertCanContinue(plan: Plan, { canRead }: Preflight): void {
  if (!canRead && plan.continuation.strategy === 'discover') {
    throw usageError(
      'the API key lacks the read scope, which the harness needs to find a conversation again and continue it: ' +
        'set continuation.strategy to single (one turn per conversation) or fixed (ids from a file)',
    );
  }
}

/** What List agents answered; `agents` is undefined where that is no list. */
export interface AgentsAnswer {
  readonly status: number;
  /** Its header `Date`. */
  readonly date: string | null;
  readonly agents: readonly Agent[] | undefined;
}

/** @throws HarnessError (8) when no answer comes, (130) when the user ended it */
export async function listAgents(url: string, apiKey: string, signal: AbortSignal): Promise<AgentsAnswer> {
  const patience = deadline(TIMEOUT_MS, signal);
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${apiKey}` },
      redirect: 'manual',
      signal: patience.signal,
    });
    const body = parsed(await bodyText(response));
    return { status: response.status, date: response.headers.get('date'), agents: agentsOf(body) };
  } catch (error) {
    if (signal.aborted)
      throw new HarnessError(EXIT.interrupted, `interrupted while waiting for ${url}`, { cause: error });
    throw new HarnessError(
      EXIT.unreachable,
      `cannot reach ${url}: ${connectionTrouble(error)}: is the base URL right?`,
      {
        cause: error,
      },
    );
  } finally {
    patience.clear();
  }
}
