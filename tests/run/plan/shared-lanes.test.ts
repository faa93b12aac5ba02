import { describe, expect, it } from 'vitest';
import { leadMs, sharedLanes } from '../../../scripts/run/plan/shared-lanes.ts';

const load = { inFlight: 2_000, startsPerSecond: 10 };

describe('sharedLanes', () => {
  it.each([
    { what: 'one runner', runners: 1, atMost: 1_000, lanes: 8 },
    { what: 'a multiple of the runners', runners: 3, atMost: 1_000, lanes: 9 },
    { what: 'each runner has as many as one k6 may', runners: 4, inFlight: 100_000, atMost: 1e6, lanes: 80 },
    { what: 'no lane without a conversation', runners: 4, atMost: 7, lanes: 4 },
    { what: 'configured', runners: 3, config: 12, atMost: 1_000, lanes: 12 },
    { what: 'configured, more than there are conversations', runners: 3, config: 12, atMost: 10, lanes: 9 },
  ])('$what', ({ runners, atMost, lanes, config, inFlight = load.inFlight }) => {
    const of = sharedLanes({ config: { lanes: config } as never, runners }, { ...load, inFlight }, atMost);
    expect(of).toBe(lanes);
  });

  it.each([
    { what: 'fewer conversations than runners', config: undefined, runners: 8, atMost: 5, message: /--runners 5/ },
    { what: 'lanes that do not divide', config: 10, runners: 4, atMost: 100, message: /use a multiple of 4/ },
  ])('refuses $what', ({ config, runners, atMost, message }) => {
    expect(() => sharedLanes({ config: { lanes: config } as never, runners }, load, atMost)).toThrow(message);
  });
});

it('several runners are given longer to start', () => {
  expect(leadMs(1)).toBe(leadMs());
  expect(leadMs(2)).toBeGreaterThan(2_000);
  expect(leadMs(8)).toBeGreaterThan(leadMs(2));
});
