import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import type { OpenRung } from '../../../scripts/capacity/measure/rung.ts';
import { unitPoisson } from '../../../scripts/capacity/model/queue.ts';
import type { ServiceModel } from '../../../scripts/capacity/model/service-model.ts';
import { transientOf } from '../../../scripts/capacity/model/transient.ts';

/** M/M/8, mean 3 s, limit 12 s: it meets p95<12s up to 2.28 turns a second. */
const draw = random(1);
const services = Array.from({ length: 2_000 }, () => -3_000 * Math.log(1 - draw()));
const model: ServiceModel = { servers: 8, services, limitMs: 12_000, seed: 1 };

const rungAt = (rate: number): OpenRung => ({
  kind: 'open',
  rate,
  jumpStart: 0,
  arrivals: Array.from(unitPoisson(300, random(2)), (at) => (1000 * at) / rate),
  skip: 30,
});

describe('what sets a level apart from its rate for ever', () => {
  it('is nothing much where the queue hardly matters', () => {
    const { bias, inflation } = transientOf(model, rungAt(0.5), 270, 1);
    expect(Math.abs(bias)).toBeLessThan(0.2);
    expect(inflation).toBeLessThan(1.5);
  });

  it('is fewer bad turns, and ones that come together, near saturation', () => {
    const { bias, inflation } = transientOf(model, rungAt(2.6), 270, 1);
    expect(bias).toBeLessThan(-0.5);
    expect(inflation).toBeGreaterThan(5);
  });

  it('is that of a lower rate where the model is believed to carry more', () => {
    const rung = rungAt(2.6);
    expect(transientOf(model, rung, 270, 0.8).inflation).toBeLessThan(transientOf(model, rung, 270, 1).inflation);
  });

  it('is none without a turn', () => {
    expect(transientOf(model, rungAt(1), 0, 1)).toEqual({ bias: 0, inflation: 1 });
  });
});
