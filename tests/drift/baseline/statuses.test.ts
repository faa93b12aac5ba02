import { describe, expect, it } from 'vitest';
import type { Statuses } from '../../../contracts/generated/findings.ts';
import { judgeStatuses, statusesOf } from '../../../scripts/drift/baseline/statuses.ts';
import { post } from '../../../scripts/drift/plan/steps.ts';
import { lines, turn, viewOf } from '../made-run.ts';

const TURN = 'generate-answer valid-user-turn';
const OPEN = 'generate-answer left-open';
const open = post('V', '{}', { condition: 'left-open', statuses: [200, 400], learnt: true });
const probesOf = (status: number, isOpen: boolean) =>
  viewOf([[isOpen ? { step: open, status, body: {} } : turn(1, undefined, { status })]]).run.probes;

describe('a status', () => {
  it.each<[string, number, boolean, Statuses[], string[]]>([
    ['that no run was asked for yet', 400, true, [], []],
    ['as in a run', 400, true, [{ [OPEN]: { 200: 3 } }, { [OPEN]: { 400: 1 } }], []],
    ['as in no run', 400, true, [{ [OPEN]: { 200: 3 } }], ['baseline-status-changed #/responses/left-open/status']],
    ['of what the reference decides', 400, false, [{ [TURN]: { 200: 9 } }], []],
    ['too long, without runs', 413, false, [], []],
    ['too long, as in a run', 413, false, [{ [TURN]: { 200: 8, 413: 1 } }], []],
    [
      'too long, as in no run',
      413,
      false,
      [{ [TURN]: { 200: 9 } }],
      ['undocumented-status #/responses/valid-user-turn/status'],
    ],
  ])('%s', (_, status, isOpen, baselines, expected) => {
    expect(lines(judgeStatuses(probesOf(status, isOpen), baselines))).toEqual(expected);
  });

  it('is counted by what was asked', () => {
    expect(statusesOf([...probesOf(200, false), ...probesOf(413, false), ...probesOf(400, true)])).toEqual({
      [TURN]: { 200: 1, 413: 1 },
      [OPEN]: { 400: 1 },
    });
  });
});
