import { describe, expect, it } from 'vitest';
import { judgeTransport } from '../../../scripts/drift/judge/judge-transport.ts';
import { lines, type Made, madeRun, turn } from '../made-run.ts';

const judge = (turns: readonly Made[]): string[] => lines(judgeTransport(madeRun(turns.map((one) => [one])).probes));
const lost = (body = '', errorCode = 1000): Made =>
  turn(1, undefined, { status: 0, exchange: { outcome: 'lost', errorCode, body } });
const CUT = 'answer-cut-off #/responses/*/body';

describe('connections', () => {
  it.each<[string, Made[], number]>([
    ['that hold', [turn(1), turn(2)], 0],
    ['of which one breaks', [lost('[{'), turn(2)], 0],
    ['that end in the middle of answers', [lost('[{'), turn(2), lost('[')], 2],
    ['that end in the middle of all answers', [lost('[{'), lost('[{"id')], 2],
    ['that end before answers, between others that hold', [lost(), turn(2), lost(), turn(3)], 2],
    ['to a service that is gone', [turn(1), lost(), lost(), lost()], 0],
    ['with answers that nobody can decompress', [lost('', 1701), lost('', 1701), turn(1)], 0],
  ])('%s', (_, turns, count) => expect(judge(turns)).toEqual(Array(count).fill(CUT)));
});
