import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../contracts/generated/drift-ledger.ts';
import { decision } from '../../scenarios/probes/decided.ts';
import { exchangeOf, turn, viewOf } from '../drift/made-run.ts';

/** The exchange of a user turn, answered with this. */
function exchange(change: Parameters<typeof turn>[2] = {}): Exchange {
  const [probe] = viewOf([[turn(1, exchangeOf(1), change)]]).run.probes;
  if (probe === undefined) throw new Error('no probe');
  return probe.exchange;
}

const TURN = { role: 'user', content: 'Question 1.', continued: false } as const;
const SOUND = exchange();
const NUMBERED = exchange({ body: exchangeOf(1).map((event) => ({ ...event, message: 1 })) });
const REFUSED = exchange({ status: 418, body: {} });
const FAILED = exchange({ status: 500, body: { statusCode: 500, message: 'No.', error: 'Internal Server Error' } });
const RICHER = exchange({ body: exchangeOf(1).map((event) => ({ ...event, model: 'x' })) });
const BUSY = exchange({ status: 503, body: '' });
const times = (count: number, one: Exchange): Exchange[] => new Array<Exchange>(count).fill(one);

describe('paid turns decide', () => {
  it.each<[string, Exchange[], boolean]>([
    ['nothing yet', times(11, NUMBERED), false],
    ['once twelve broke the contract', times(12, NUMBERED), true],
    ['once twelve were refused', times(12, REFUSED), true],
    ['once twelve were refused with an error that is documented', times(12, FAILED), true],
    ['nothing if one of twelve kept it', [...times(11, NUMBERED), SOUND], false],
    ['nothing if they broke it in different ways', [...times(6, NUMBERED), ...times(6, REFUSED)], false],
    ['nothing by additions', times(12, RICHER), false],
    ['nothing while the service is away', times(24, BUSY), false],
    ['though the service was away between', [...times(6, NUMBERED), ...times(9, BUSY), ...times(6, NUMBERED)], true],
    ['what later turns do not change', [...times(12, NUMBERED), SOUND], true],
    ['nothing if all is as documented', times(40, SOUND), false],
  ])('%s', (_, exchanges, expected) => {
    const paid = decision();
    for (const one of exchanges) paid.add(TURN, one);
    expect(paid.isDecided()).toBe(expected);
  });
});
