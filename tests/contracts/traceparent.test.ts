import fc from 'fast-check';
import { expect, it } from 'vitest';
import { traceId, tracePrefix, traceparent } from '../../contracts/traceparent.ts';

const RUN = '3F2b8a64-1c0d-4e5f-9a7b-0123456789ab';
const places = fc.record({ conversation: fc.nat(), turn: fc.nat(9_999), attempt: fc.nat(9) });

it('says the run, the conversation, the turn and the attempt', () => {
  const place = { conversation: 31, turn: 2, attempt: 1 };
  expect(traceparent(tracePrefix(RUN), place)).toBe('00-3f2b8a641c0d4e5f0000001f00020002-0000001f00020002-01');
  expect(traceId(tracePrefix(RUN), place)).toBe('3f2b8a641c0d4e5f0000001f00020002');
});

it.each(['', 'run', 'not-a-uuid', RUN])('is valid by W3C Trace Context for run %j', (run) => {
  fc.assert(
    fc.property(places, (place) => {
      const header = traceparent(tracePrefix(run), place);
      expect(header).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/);
      expect(header).toContain(traceId(tracePrefix(run), place));
    }),
  );
});

it('is another one for every turn', () => {
  fc.assert(
    fc.property(places, places, (one, other) => {
      const isSame = (['conversation', 'turn', 'attempt'] as const).every((key) => one[key] === other[key]);
      expect(traceId('0', one) === traceId('0', other)).toBe(isSame);
    }),
  );
});
