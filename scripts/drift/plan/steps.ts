import type { ProbeTurn, Step } from '../../../contracts/generated/drift-plan.ts';
import { AGENTS_PATH, CONVERSATION_PATH, CONVERSATIONS_PATH, EVENTS_PATH } from '../../../contracts/paths.ts';

type Auth = Step['auth'];
type Expect = Step['expect'];

export const MAIN: Auth = { key: 'main', form: 'bearer' };

const OK = [200];
/** So few that other agents' conversations stand behind the first page. */
const AGENT_PAGE = 3;

/** A POST to Generate Answer: `body` is the text as sent. */
export function post(kind: string, body: string, expect: Expect, auth: Auth = MAIN): Step {
  return { do: 'send', kind, operation: 'generate-answer', method: 'POST', path: EVENTS_PATH, body, auth, expect };
}

/** A turn that the reference documents as valid. */
export function turnStep(
  kind: string,
  condition: string,
  turn: ProbeTurn,
  fields: Readonly<Record<string, unknown>>,
  auth: Auth = MAIN,
): Step {
  const body = JSON.stringify({ ...fields, content: turn.content });
  return { ...post(kind, body, { condition, statuses: OK }, auth), turn };
}

/** Looks for the chain's conversation. */
export function findStep(auth: Auth = MAIN): Step {
  return {
    do: 'find',
    kind: 'L',
    operation: 'list-conversations',
    method: 'GET',
    path: `${CONVERSATIONS_PATH}?limit=20`,
    auth,
    expect: { condition: 'valid-listing', statuses: OK },
  };
}

/** Reads the chain's conversation back. */
export function readStep(auth: Auth = MAIN): Step {
  return {
    do: 'read',
    kind: 'G',
    operation: 'get-conversation',
    method: 'GET',
    path: CONVERSATION_PATH,
    auth,
    expect: { condition: 'known-conversation', statuses: OK },
  };
}

export function pageStep(limit: number, since: number): Step {
  return { ...findStep(), do: 'page', kind: 'P', path: `${CONVERSATIONS_PATH}?limit=${limit}&since=${since}` };
}

/** The conversations of one agent, over all pages: a filter holds after a cursor, too. */
export function agentWalkStep(since: number, botId: string): Step {
  return { ...pageStep(AGENT_PAGE, since), path: `${pageStep(AGENT_PAGE, since).path}&agentId=${botId}` };
}

/** Lists the front again after a walk: what came there meanwhile explains what the walk missed, or showed twice. */
export function frontStep(since: number): Step {
  return { ...findStep(), do: 'send', kind: 'P', path: `${CONVERSATIONS_PATH}?limit=100&since=${since}` };
}

/** Lists a second well before the check began: most often nothing, and so the last page. */
export function quietStep(now: number): Step {
  const [since, until] = [now - 61_000, now - 60_000];
  return { ...findStep(), do: 'send', path: `${CONVERSATIONS_PATH}?limit=20&since=${since}&until=${until}` };
}

/** Lists what an agent has, of which there is something by then. */
export function ownAgentStep(botId: string): Step {
  return { ...findStep(), do: 'send', path: `${CONVERSATIONS_PATH}?limit=20&agentId=${botId}` };
}

/** Lists what is left when all has been removed. */
export function lastListStep(since: number): Step {
  return { ...findStep(), do: 'send', path: `${CONVERSATIONS_PATH}?limit=100&since=${since}` };
}

export function agentsStep(auth: Auth = MAIN, expect: Expect = { condition: 'valid-agents', statuses: OK }): Step {
  return { do: 'send', kind: 'B', operation: 'list-agents', method: 'GET', path: AGENTS_PATH, auth, expect };
}

/** Few looks: removals come one after the other, and a service that keeps what was removed would hold up the rest. */
const REMOVAL_LOOKS = 3;

/** That a conversation is still there, its removal, and that it is gone. */
export function removalSteps(of: number, auth: Auth = MAIN): Step[] {
  const path = CONVERSATION_PATH;
  return [
    { ...readStep(auth), of, looks: REMOVAL_LOOKS },
    {
      do: 'send',
      kind: 'D',
      operation: 'delete-conversation',
      method: 'DELETE',
      path,
      of,
      auth,
      expect: { condition: 'known-conversation', statuses: [200, 204] },
    },
    {
      do: 'gone',
      kind: 'D',
      operation: 'get-conversation',
      method: 'GET',
      path,
      of,
      looks: REMOVAL_LOOKS,
      auth,
      expect: { condition: 'removed-conversation', statuses: [500, 404] },
    },
  ];
}
