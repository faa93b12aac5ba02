import { describe, expect, it } from 'vitest';
import { judgeRun } from '../../../scripts/drift/judge/judge-run.ts';
import { removeAgain } from '../../../scripts/drift/plan/lifecycle-steps.ts';
import { bulkSteps } from '../../../scripts/drift/plan/open-steps.ts';
import {
  agents,
  BOT,
  conversation,
  exchangeOf,
  found,
  lines,
  type Made,
  page,
  read,
  removal,
  turn,
  viewOf,
} from '../made-run.ts';

const WHOLE = conversation(1, exchangeOf(1));
const STARTED = [turn(1), found(page([WHOLE])), read(WHOLE)];
const GONE = { status: 500, body: { statusCode: 500, message: 'No.', error: 'Error' } };
const AGENTS = agents([{ id: BOT, name: 'Agent', createdAt: '2026-01-01T00:00:00Z' }]);

describe('a run', () => {
  it('of a faithful service shows nothing', () => {
    const removed = removal(0, WHOLE.id, [{ body: WHOLE }, { body: { success: true } }, GONE]);
    expect(lines(judgeRun(viewOf([STARTED, [AGENTS], removed], [1, 2, 3])))).toEqual([]);
  });

  it('reports a removal too many once, and not what follows from it', () => {
    const removed = removal(0, WHOLE.id, [GONE, GONE, GONE]);
    expect(lines(judgeRun(viewOf([STARTED, removed], [1, 3])))).toEqual(['deletion-beyond-target #/removal/other']);
  });

  it('reports what a second removal of the same is answered with', () => {
    const again = (answer: object) => {
      const removed = removal(0, WHOLE.id, [{ body: WHOLE }, { body: { success: true } }, GONE]);
      const made = { step: removeAgain(0), conversation: WHOLE.id, ...answer };
      return lines(judgeRun(viewOf([STARTED, [...removed, made]], [1, 3])));
    };
    expect(again({ body: { success: true } })).toEqual([]);
    expect(again({ ...GONE, status: 404 })).toEqual(['undocumented-status #/responses/removed-conversation/status']);
    expect(again(GONE)).toEqual(['valid-request-refused #/responses/removed-conversation/status']);
  });

  it('reports that the removal of many is refused, though the conversation is gone', () => {
    const [, , , step] = bulkSteps(BOT, { role: 'agent', content: 'A note.', continued: false });
    const refused = {
      step: step as Made['step'],
      conversation: WHOLE.id,
      status: 406,
      body: { ...GONE.body, statusCode: 406 },
    };
    expect(lines(judgeRun(viewOf([[...STARTED, refused]])))).toEqual([
      'valid-request-refused #/responses/bulk-removal/status',
    ]);
  });

  it('does not hold against each other what is broken by itself', () => {
    const broken = { ...WHOLE, events: null };
    expect(lines(judgeRun(viewOf([[turn(1), found(page([WHOLE])), read(WHOLE, { body: broken })]])))).toEqual([
      'response-property-became-nullable #/responses/200/body/events',
    ]);
  });
});
