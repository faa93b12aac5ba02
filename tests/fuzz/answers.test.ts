import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../contracts/check.ts';
import { eventsOf, turnResponse } from '../../contracts/response.ts';
import { VIOLATION_CLASSES } from '../../contracts/violation.ts';
import { judgeDrift } from '../../scripts/drift/judge-drift.ts';
import { makeDriftPlan } from '../../scripts/drift/plan/make-drift-plan.ts';
import { PACKAGE_ROOT } from '../../scripts/foundation/package-root.ts';
import { storedConversation, storedPage } from '../../scripts/http/stored-conversation.ts';
import { runFolder } from '../../scripts/ledger/run-folder.ts';
import { scratch } from '../cli/scratch.ts';
import { cases, spoiled } from './odd.ts';

const events: unknown[] = JSON.parse(
  readFileSync(join(PACKAGE_ROOT, 'tests/contracts/fixtures/generate-answer.example.json'), 'utf8'),
);
const NOW = 1_790_000_000_000;
const interaction = { id: '11111111-1111-4111-8111-111111111111', createdAt: NOW, events, userAttributes: {} };
const page = { interactions: [interaction], hasMore: true, nextCursor: 'c', prevCursor: null };
const status = fc.constantFrom(200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 429, 500, 503, 0, 999);
const header = fc.oneof(fc.constantFrom('application/json', 'text/html', '', 'a/b; charset=x'), fc.string());
const headers = fc.record({ 'content-type': header, date: header }, { requiredKeys: [] });
const anyBody = fc.oneof(spoiled(events), spoiled(page), spoiled({ statusCode: 400, message: 'x', error: 'y' }));

describe('whatever a service answers', () => {
  it('the contract tells its violations, of known classes', () => {
    const turn = {
      role: 'user',
      content: 'Where is my order?',
      sentAt: NOW,
      settledAt: NOW + 900,
      continued: false,
    } as const;
    fc.assert(
      fc.property(status, headers, anyBody, (code, head, body) => {
        const response = turnResponse(code, head, body);
        const violations = check({ ...turn, reference: undefined }, response);
        for (const violation of violations) {
          expect(VIOLATION_CLASSES).toContain(violation.class);
          expect(violation.observed.sample.length).toBeLessThanOrEqual(80);
        }
        expect(JSON.parse(JSON.stringify(violations))).toEqual(violations);
        for (const event of eventsOf(response)) expect(typeof event.id).toBe('string');
      }),
      { numRuns: cases(2) },
    );
  });

  it('an audit reads what is a conversation, and leaves the rest', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        let value: unknown;
        try {
          value = JSON.parse(body);
        } catch {
          return;
        }
        for (const { id, events: stored } of [
          storedConversation(value),
          ...(storedPage(value)?.conversations ?? []),
        ].filter((one) => one !== undefined)) {
          expect(typeof id).toBe('string');
          for (const { hash } of stored) expect(hash).toHaveLength(16);
        }
      }),
      { numRuns: cases() },
    );
  });

  it('a drift check comes to a verdict that is no pass', async () => {
    const keys = { read: true, write: true, revoked: true, other: false };
    const target = { baseUrl: 'http://127.0.0.1:1', botId: 'bot', embedded: true };
    const plan = makeDriftPlan({
      runId: 'fuzz',
      budget: '3',
      seed: 1,
      now: NOW,
      timeoutMs: 1_000,
      target,
      keys,
      otherBotId: undefined,
    });
    const places = plan.chains.flatMap(({ id, steps }) => steps.map((_, step) => ({ chain: id, step })));
    const answer = fc.record({ status, headers, body: anyBody });
    const folder = runFolder(scratch());
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 8 }), async (answers) => {
        const lines = places.map((place, index) => {
          const {
            status: code,
            headers: head,
            body,
          } = answers[index % answers.length] ?? { status: 0, headers: {}, body: '' };
          const outcome = code === 0 ? 'lost' : 'answered';
          const times = { sentAt: NOW + index, settledAt: NOW + index + 5, durationMs: 5, errorCode: 0 };
          return {
            kind: 'exchange',
            ...place,
            look: 0,
            ...times,
            outcome,
            status: code,
            url: '/v2',
            headers: head,
            body,
          };
        });
        writeFileSync(
          folder.ledger,
          [...lines, { kind: 'end', at: NOW + 10_000 }].map((line) => JSON.stringify(line)).join('\n'),
        );
        const policy = {
          strictAdditive: false,
          acceptances: [],
          baselines: [],
          today: '2026-01-31',
          interrupted: false,
        };
        const { verdict, findings } = await judgeDrift(plan, folder, policy);
        expect(verdict).not.toBe('pass');
        for (const { class: kind, observed } of findings) {
          expect(VIOLATION_CLASSES).toContain(kind);
          expect(observed.sample.length).toBeLessThanOrEqual(80);
        }
      }),
      { numRuns: cases(0.3) },
    );
  });
});
