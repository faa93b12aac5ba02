import { describe, expect, it } from 'vitest';
import { parseSlo } from '../../scripts/capacity/slo.ts';

describe('parseSlo', () => {
  it.each([
    ['p95<8s', 0.95, 8_000, null],
    ['p95<8s,errors<1%', 0.95, 8_000, 0.01],
    ['errors <= 0.5%, p99.5 <= 1.5m', 0.995, 90_000, 0.005],
    ['p50<250ms', 0.5, 250, null],
    ['p95<8s,errors<=0%', 0.95, 8_000, 0],
  ])('reads %s', (text, quantile, limitMs, errorShare) => {
    const slo = parseSlo(text);
    expect(slo).toMatchObject({ text, limitMs, errorShare });
    expect(slo.quantile).toBeCloseTo(quantile, 12);
    expect(slo.badShare).toBeCloseTo(1 - quantile, 12);
  });

  it.each([
    '',
    'errors<1%',
    'p95<8',
    'p95>8s',
    'p95<0s',
    'p10<8s',
    'p95<8s,p99<9s',
    'p95<8s,errors<1',
    'p95<8s,cpu<1%',
    'p95<8s,errors<500%',
    'p95<8s,errors<=100%',
    'p95<8s,errors<0%',
    'p95<99999m',
  ])('refuses %j', (text) => {
    expect(() => parseSlo(text)).toThrow(/--slo/);
  });
});
