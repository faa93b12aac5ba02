import type { Step } from '../../../contracts/generated/drift-plan.ts';
import { CONVERSATIONS_PATH, conversationPath } from '../../../contracts/paths.ts';
import { NOBODY } from './open-steps.ts';
import { findStep, MAIN, post, readStep } from './steps.ts';

/** A role that no event has. */
export const UNKNOWN_ROLE = 'narrator';
const DAY_MS = 86_400_000;
const REFUSED = [400];

/** Requests that the reference documents as refused, one of each, and the removal of nothing, which it documents as done. Those that might be accepted name a role that costs no reply. */
export function negativeSteps(botId: string, now: number): Step[] {
  const content = 'A probe that must be refused.';
  const json = (body: unknown): string => JSON.stringify(body);
  const bad = (condition: string) => ({ condition, statuses: REFUSED });
  const unknown = (condition: string) => ({ condition, statuses: [500], tolerated: [404] });
  return [
    post('N1', json({ botId, role: 'agent' }), bad('content-missing')),
    post('N3', json({ content, role: 'agent' }), bad('both-ids-missing')),
    post('N4', json({ botId, content, role: UNKNOWN_ROLE }), { ...bad('unknown-role'), notice: true }),
    post('N5', json({ botId: NOBODY, content, role: 'agent' }), unknown('unknown-agent')),
    post('N6', json({ interactionId: NOBODY, content, role: 'agent' }), unknown('unknown-conversation')),
    post('N7', `{"botId": "${botId}", "content": "cut off`, bad('malformed-json')),
    post('N8', json({ botId, content: 4711, role: 'agent' }), bad('wrong-types')),
    {
      ...readStep(),
      do: 'send',
      path: conversationPath(NOBODY),
      expect: unknown('unknown-conversation'),
    },
    listing(`since=${now}&until=${now - DAY_MS}`, 'window-backwards'),
    listing(`since=${now}&until=${now}`, 'window-empty'),
    listing(`since=${now - 91 * DAY_MS}&until=${now}`, 'window-too-long'),
    ...bulkRefusals(),
    removalOfNobody(),
  ];
}

/** The route removes at most so many at once. */
const BULK_LIMIT = 50;

/**
 * Removals that must be refused. They name conversations that nobody has, and never none: a service that took an empty list
 * for all conversations would remove them.
 */
function bulkRefusals(): Step[] {
  const many = Array.from({ length: BULK_LIMIT + 1 }, (_, i) => `${NOBODY.slice(0, -2)}${String(i).padStart(2, '0')}`);
  const removal = (condition: string, ids: readonly string[], status: number, tolerated: number[] = []): Step => ({
    do: 'send',
    kind: 'N10',
    operation: 'delete-conversations',
    method: 'DELETE',
    path: CONVERSATIONS_PATH,
    body: JSON.stringify({ ids }),
    auth: MAIN,
    expect: { condition, statuses: [status], tolerated },
  });
  return [
    removal('bulk-same-id-twice', [NOBODY, NOBODY], 400),
    removal('bulk-no-uuid', ['no-uuid'], 400),
    removal('bulk-too-many', many, 400),
    removal('bulk-unknown-id', [NOBODY], 406, [404]),
    removal('bulk-at-limit', many.slice(1), 406, [404]),
  ];
}

/** Delete answers the same for what there never was. */
function removalOfNobody(): Step {
  const expect = { condition: 'removal-of-unknown', statuses: [200, 204] };
  return {
    do: 'send',
    kind: 'N11',
    operation: 'delete-conversation',
    method: 'DELETE',
    path: conversationPath(NOBODY),
    auth: MAIN,
    expect,
  };
}

function listing(query: string, condition: string): Step {
  const path = `${CONVERSATIONS_PATH}?${query}`;
  return { ...findStep(), do: 'send', kind: 'N9', path, expect: { condition, statuses: REFUSED } };
}
