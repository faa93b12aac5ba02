import type { NotTested, ProbeTurn, Step } from '../../../contracts/generated/drift-plan.ts';
import { CONVERSATION_PATH, CONVERSATIONS_PATH, conversationPath } from '../../../contracts/paths.ts';
import { NOBODY } from './open-steps.ts';
import { agentsStep, findStep, post, readStep, turnStep } from './steps.ts';

type Auth = Step['auth'];

/** Whose conversations access is tried on, by the chains that start them. */
export interface AccessTargets {
  readonly botId: string;
  /** Chain of an own conversation. */
  readonly own: number;
  /** An agent and a chain of another workspace. */
  readonly foreign: { readonly botId: string; readonly chain: number } | undefined;
}

/** Which keys there are beside the main one. */
export type SpareKeys = Readonly<Record<'read' | 'write' | 'revoked' | 'other', boolean>>;

/** So many operations a key is tried on. */
export const ACCESS_ROUNDS = 6;

/** Requests that must be refused for their key; the `round` turns over the operations. */
export function accessSteps(targets: AccessTargets, keys: SpareKeys, round: number): Step[] {
  const refused = (condition: string, status = 401) => ({ condition, statuses: [status], denied: true });
  const every = (kind: string, auth: Auth, condition: string): Step => {
    const steps = [...operations(targets, auth, refused(condition)), ...removals(targets, auth, refused(condition))];
    return { ...(steps[round % steps.length] as Step), kind };
  };
  // Each form of a key has its turn at each operation.
  const isFirst = (round + Math.floor(round / ACCESS_ROUNDS)) % 2 === 0;
  const malformed = post('A9', '{"content":', { ...refused('bad-key-and-malformed-body'), notice: true }, NONE);
  return [
    every('A1', NONE, 'no-key'),
    every('A2', { key: 'main', form: isFirst ? 'token-scheme' : 'basic-scheme' }, 'other-scheme'),
    every('A3', { key: 'unknown', form: 'bearer' }, 'unknown-key'),
    ...(keys.revoked ? [every('A4', { key: 'revoked', form: 'bearer' }, 'revoked-key')] : []),
    every('A6', { key: 'main', form: 'query' }, 'key-in-query'),
    every('A8', { key: 'main', form: isFirst ? 'other-case' : 'prefix' }, 'altered-key'),
    every('A8', { key: 'main', form: isFirst ? 'other-end' : 'longer' }, 'altered-key'),
    malformed,
    ...(keys.read ? [...readKeySteps(targets, refused('read-key', 403)), allowed(targets, 'read', round)] : []),
    ...(keys.write
      ? [...writeKeySteps(targets, refused('write-key', 403), round), allowed(targets, 'write', round)]
      : []),
    ...foreignSteps(targets),
  ];
}

const NONE: Auth = { key: 'unknown', form: 'none' };
const CONTENT = 'A probe that must be refused.';

/** The operations that remove nothing, the one that costs most first. */
function operations({ botId, own }: AccessTargets, auth: Auth, expect: Step['expect']): Step[] {
  return [
    post('A', JSON.stringify({ botId, content: CONTENT, role: 'agent' }), expect, auth),
    agentsStep(auth, expect),
    { ...findStep(auth), do: 'send', expect },
    { ...readStep(auth), do: 'send', of: own, expect },
  ];
}

/** The removal of what nobody has, which is answered as done to whoever may remove, and that of many, of an own conversation. */
function removals({ own }: AccessTargets, auth: Auth, expect: Step['expect']): Step[] {
  const step: Step = { ...readStep(auth), do: 'send', method: 'DELETE', operation: 'delete-conversation', expect };
  return [{ ...step, path: conversationPath(NOBODY) }, bulkRemoval(step, own)];
}

const bulkRemoval = (step: Step, of: number): Step => ({
  ...step,
  operation: 'delete-conversations',
  path: CONVERSATIONS_PATH,
  body: '{"ids":["{conversation}"]}',
  of,
});

function readKeySteps({ botId, own }: AccessTargets, expect: Step['expect']): Step[] {
  const auth: Auth = { key: 'read', form: 'bearer' };
  const removal: Step = {
    ...readStep(auth),
    do: 'send',
    kind: 'A5d',
    operation: 'delete-conversation',
    method: 'DELETE',
    of: own,
    expect,
  };
  const turn = post('A5', JSON.stringify({ botId, content: CONTENT, role: 'agent' }), expect, auth);
  return [turn, bulkRemoval(removal, own), removal];
}

function writeKeySteps(targets: AccessTargets, expect: Step['expect'], round: number): Step[] {
  const [, ...reads] = operations(targets, { key: 'write', form: 'bearer' }, expect);
  return [{ ...(reads[round % reads.length] as Step), kind: 'A5r' }];
}

/** What a key of one scope may do: a turn of a role that costs no reply, and the removal of what nobody has, or all reads. */
function allowed(targets: AccessTargets, scope: 'read' | 'write', round: number): Step {
  const auth: Auth = { key: scope, form: 'bearer' };
  const expect = { condition: `${scope}-key-in-its-scope`, statuses: [200] };
  const [, ...reads] = operations(targets, auth, expect);
  const turn: ProbeTurn = { role: 'agent', content: 'A note with a key that may write.', continued: false };
  const [removal] = removals(targets, auth, { ...expect, statuses: [200, 204] });
  const writes = [turnStep('SK', expect.condition, turn, { botId: targets.botId, role: turn.role }, auth), removal];
  const steps = scope === 'read' ? reads : writes;
  return { ...(steps[round % steps.length] as Step), kind: 'SK' };
}

/** Another workspace's agent and conversation, under the main key: as if they did not exist. */
function foreignSteps({ foreign }: AccessTargets): Step[] {
  if (foreign === undefined) return [];
  const expect = { condition: 'foreign', statuses: [500], tolerated: [403, 404], denied: true };
  const content = { content: CONTENT, role: 'agent' };
  const of = foreign.chain;
  return [
    post('A7', JSON.stringify({ botId: foreign.botId, ...content }), { ...expect, condition: 'foreign-agent' }),
    {
      ...post('A7', JSON.stringify({ interactionId: '{conversation}', ...content }), {
        ...expect,
        condition: 'foreign-conversation',
      }),
      of,
    },
    {
      ...findStep(),
      do: 'send',
      kind: 'A7',
      path: `${CONVERSATIONS_PATH}?limit=20&agentId=${foreign.botId}`,
      expect: {
        condition: 'listing-of-foreign-agent',
        statuses: [200, 400, 403, 404, 500],
        learnt: true,
        notice: true,
      },
    },
    { ...readStep(), do: 'send', kind: 'A7', of, expect: { ...expect, condition: 'foreign-conversation' } },
  ];
}

/**
 * The removal of another workspace's conversation under the main key. Delete answers the same, whether it removed something
 * or not: what counts is that the conversation is still there for its owner.
 */
export function foreignRemoval(chain: number): Step {
  const expect = { condition: 'foreign-conversation', statuses: [200, 204, 403, 404, 500], notice: true };
  return {
    do: 'send',
    kind: 'A7',
    operation: 'delete-conversation',
    method: 'DELETE',
    path: CONVERSATION_PATH,
    of: chain,
    auth: { key: 'main', form: 'bearer' },
    expect,
  };
}

/** The same by the route that removes many. */
export const foreignBulkRemoval = (chain: number): Step => ({
  ...bulkRemoval(foreignRemoval(chain), chain),
  expect: { condition: 'foreign-conversation', statuses: [406, 200, 204, 403, 404, 500], notice: true },
});

/** What cannot be tried without further keys. */
export function withoutKeys(keys: SpareKeys, hasForeign: boolean): NotTested[] {
  const missing = [
    { kind: 'A4', has: keys.revoked, code: 'no-revoked-key' },
    { kind: 'A5', has: keys.read, code: 'no-read-key' },
    { kind: 'A5r', has: keys.write, code: 'no-write-key' },
    { kind: 'A7', has: hasForeign, code: 'no-other-workspace' },
  ] as const;
  return missing.filter(({ has }) => !has).map(({ kind, code }) => ({ kind, code }));
}
