import { expect, it } from 'vitest';
import { metricsEnvironment, withoutMetrics } from '../../scripts/k6/without-metrics.ts';

it.each([
  ['2.2.0', [], ['--no-thresholds', '--summary-mode=disabled'], 'none'],
  ['1.8.1', ['--tag', 'a=b'], ['--no-thresholds', '--no-summary'], 'none'],
  ['0.51.0+xk6-ts', ['--verbose'], ['--no-thresholds', '--no-summary'], 'none'],
  ['2.2.0', ['--out', 'json=m.json'], [], 'kept'],
  ['2.2.0', ['-ocsv=m.csv'], [], 'kept'],
])('k6 %s with %j', (version, args, expected, metrics) => {
  expect(withoutMetrics(version, args)).toEqual(expected);
  expect(metricsEnvironment(expected)).toEqual({ FINI_METRICS: metrics });
});
