import { describe, expect, it } from 'vitest';
import { COMMON_METRICS, familyOf, isDuration, isShare, metricText, parseMetric } from '../../contracts/gate-metric.ts';

describe('parseMetric', () => {
  it.each([
    ['latency.p95', { family: 'latency', quantile: 0.95, where: {} }],
    ['latency.p99.9', { family: 'latency', quantile: 0.999, where: {} }],
    ['waiting.max', { family: 'waiting', quantile: 1, where: {} }],
    ['errors.share', { family: 'errors', where: {} }],
    ['violations.count{role:agent}', { family: 'violations', where: { role: 'agent' } }],
    [
      'latency.p50{ language:de , stage: rise }',
      { family: 'latency', quantile: 0.5, where: { language: 'de', stage: 'rise' } },
    ],
    ['late.share{script:a:b c}', { family: 'late', where: { script: 'a:b c' } }],
  ])('%s', (text, parts) => {
    expect(parseMetric(text)).toEqual(parts);
  });

  it.each([
    '',
    'p95',
    'latency.p9',
    'latency.p100',
    'latency.p99.999',
    'latency.mean',
    'errors.count',
    'violations.share',
    'latency.p95{}',
    'latency.p95{lane:1}',
    'latency.p95{stage}',
    'latency.p95{stage:}',
    'latency.p95{stage:a,stage:b}',
    'latency.p95{stage:a',
    'latency.p95{stage:a}}',
    'latency.p95{stage:a}.max',
    '__proto__',
  ])('takes %j for none', (text) => {
    expect(parseMetric(text)).toBeUndefined();
  });

  it('knows every metric that it suggests, and its unit', () => {
    for (const name of COMMON_METRICS) {
      expect(parseMetric(name)?.family).toBe(familyOf(name));
      const units = [isDuration(name), isShare(name), name.startsWith('violations')];
      expect(units.filter(Boolean), name).toHaveLength(1);
      expect([isDuration(`${name}{stage:a}`), isShare(`${name}{stage:a}`)]).toEqual(units.slice(0, 2));
    }
  });
});

it('spells a metric in one way', () => {
  expect(metricText('latency.p95 { role:user, stage: a }')).toBe('latency.p95{stage:a,role:user}');
  expect(metricText('errors.share')).toBe('errors.share');
});
