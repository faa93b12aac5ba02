import { describe, expect, it } from 'vitest';
import { ACCESS_ROUNDS, accessSteps } from '../../../scripts/drift/plan/access-steps.ts';

const TARGETS = { botId: 'agent', own: 3, foreign: undefined };
const KEYS = { read: true, write: true, revoked: true, other: false };
const rounds = (count: number) => Array.from({ length: count }, (_, round) => accessSteps(TARGETS, KEYS, round)).flat();

describe('requests that must be refused for their key', () => {
  it.each([
    ['no-key', 'A1'],
    ['other-scheme', 'A2'],
    ['unknown-key', 'A3'],
    ['revoked-key', 'A4'],
    ['key-in-query', 'A6'],
    ['altered-key', 'A8'],
  ])('try %s on each operation, removals among them', (condition, kind) => {
    const tried = rounds(ACCESS_ROUNDS).filter((step) => step.kind === kind && step.expect.condition === condition);
    expect(new Set(tried.map(({ operation }) => operation))).toEqual(
      new Set([
        ...['generate-answer', 'list-agents', 'list-conversations', 'get-conversation'],
        ...['delete-conversation', 'delete-conversations'],
      ]),
    );
    expect(tried.every(({ expect: { denied } }) => denied === true)).toBe(true);
  });

  it('remove by either route with a key that may only read', () => {
    const tried = rounds(1).filter(({ kind }) => kind === 'A5d');
    expect(tried.map(({ operation }) => operation)).toEqual(['delete-conversations', 'delete-conversation']);
  });

  it('are told from those that a key of one scope may send', () => {
    const sent = rounds(ACCESS_ROUNDS).filter(({ kind }) => kind === 'SK');
    const of = (key: string) => [...new Set(sent.flatMap((step) => (step.auth.key === key ? [step.operation] : [])))];
    expect(of('read')).toEqual(['list-agents', 'list-conversations', 'get-conversation']);
    expect(of('write')).toEqual(['generate-answer', 'delete-conversation']);
    expect(sent.every(({ expect: { statuses, denied } }) => statuses[0] === 200 && denied === undefined)).toBe(true);
  });

  it('remove nothing but a conversation of the check, where they are let in', () => {
    for (const { method, path, of } of rounds(ACCESS_ROUNDS).filter(({ method }) => method === 'DELETE'))
      expect([method, of === TARGETS.own || /ffffffff-0000/.test(path)]).toEqual(['DELETE', true]);
  });

  it('try each form of a key on each operation, once there are two turns of all', () => {
    const forms = rounds(2 * ACCESS_ROUNDS).flatMap(({ kind, auth, operation }) =>
      kind === 'A2' ? [`${auth.form} ${operation}`] : [],
    );
    expect(new Set(forms).size).toBe(2 * ACCESS_ROUNDS);
  });
});
