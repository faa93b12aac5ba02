import { expect, it } from 'vitest';
import { withoutMetrics } from '../../scripts/k6/without-metrics.ts';

it.each([
  ['2.2.0', [], ['--no-thresholds', '--summary-mode=disabled']],
  ['1.8.1', ['--tag', 'a=b'], ['--no-thresholds', '--no-summary']],
  ['0.51.0+xk6-ts', ['--verbose'], ['--no-thresholds', '--no-summary']],
  ['2.2.0', ['--out', 'json=m.json'], []],
  ['2.2.0', ['-ocsv=m.csv'], []],
])('k6 %s with %j', (version, args, expected) => {
  expect(withoutMetrics(version, args)).toEqual(expected);
});
