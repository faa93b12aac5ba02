import type { ProbeTurn, Step } from '../../../contracts/generated/drift-plan.ts';
import { CONVERSATIONS_PATH, EVENTS_PATH } from '../../../contracts/paths.ts';
import { findStep, MAIN, readStep, turnStep } from './steps.ts';

/** An id that no service has given. */
export const NOBODY = 'ffffffff-0000-4000-8000-000000000000';

/** Filters of which nothing is left, by the property of a conversation that they name. */
const FILTERS = [`agentId=${NOBODY}`, 'source=no-such-source', 'channel=no-such-channel'] as const;

/**
 * Steps of which the reference leaves something open. Which of the statuses it is, the accepted runs tell; what comes with
 * a success is held against the contract.
 */
export function openSteps(round: number): Step[] {
  const filter = FILTERS[round % FILTERS.length] ?? FILTERS[0];
  const open = (condition: string, statuses: number[]) => ({ condition, statuses, learnt: true, notice: true });
  const name = filter.slice(0, filter.indexOf('='));
  return [
    {
      ...findStep(),
      do: 'send',
      kind: 'LF',
      path: `${CONVERSATIONS_PATH}?limit=20&${filter}`,
      expect: open(`nobody-of-this-${name}`, [200, 400, 404, 500]),
    },
    {
      do: 'send',
      kind: 'OPT',
      operation: 'options',
      method: 'OPTIONS',
      path: EVENTS_PATH,
      auth: { key: 'unknown', form: 'none' },
      expect: open('options', [200, 204, 400, 401, 403, 404, 405, 501]),
    },
  ];
}

/** A turn that names ids of the sender's own system, which the reference shows in answers, but not in requests. */
export function externalSteps(botId: string, turn: ProbeTurn, now: number): Step[] {
  const named = { externalId: `probe-${turn.reference?.conversation ?? 0}`, externalCreatedAt: now };
  const step = turnStep('E', 'external-id-sent', turn, { botId, role: turn.role, ...named });
  return [{ ...step, expect: { ...step.expect, statuses: [200, 400], learnt: true } }, findStep(), readStep()];
}

/** A conversation that is begun only to be removed by the route that removes many. */
export function bulkSteps(botId: string, turn: ProbeTurn): Step[] {
  return [
    turnStep('R', `role-${turn.role}`, turn, { botId, role: turn.role }),
    findStep(),
    readStep(),
    {
      do: 'send',
      kind: 'DB',
      operation: 'delete-conversations',
      method: 'DELETE',
      path: CONVERSATIONS_PATH,
      body: '{"ids":["{conversation}"]}',
      auth: MAIN,
      expect: { condition: 'bulk-removal', statuses: [200, 204] },
    },
    bulkGone(),
  ];
}

/**
 * Conversations that are begun to be removed together: two that are there, and one with an id that nobody has, which is
 * answered with 406 although the one that is there is gone.
 */
export function bulkOfManySteps(botId: string, turn: ProbeTurn, partner: number): Step[] {
  const [begin, find, read, removal] = bulkSteps(botId, turn) as [Step, Step, Step, Step, Step];
  const body = `{"ids":["{conversation}","{conversation:${partner}}"]}`;
  return [begin, find, read, { ...removal, body }, bulkGone(), { ...bulkGone(), of: partner }];
}

export function bulkWithUnknownSteps(botId: string, turn: ProbeTurn): Step[] {
  const [begin, find, read, removal] = bulkSteps(botId, turn) as [Step, Step, Step, Step, Step];
  const expect = { condition: 'bulk-with-unknown-id', statuses: [406], tolerated: [404] };
  return [begin, find, read, { ...removal, body: `{"ids":["{conversation}","${NOBODY}"]}`, expect }, bulkGone()];
}

const bulkGone = (): Step => ({ ...goneStep(), kind: 'DB', looks: 2 });

function goneStep(): Step {
  return { ...readStep(), do: 'gone', expect: { condition: 'removed-in-bulk', statuses: [500, 404] } };
}

/** Lists what there is since the check began, and removes what is left of it. */
export function tidyStep(since: number, auth: Step['auth'] = MAIN): Step {
  const path = `${CONVERSATIONS_PATH}?limit=100&since=${since}`;
  return { ...findStep(auth), do: 'tidy', kind: 'tidy', path };
}
