import { expect, it } from 'vitest';
import { planEnvironment } from '../../scripts/k6/plan-environment.ts';

const ways = { path: '/plan/run.json', apiKey: 'fini_key' };
const basics = { FINI_PLAN: '/plan/run.json', FINI_API_KEY: 'fini_key' };

it.each([
  { lanes: 2, env: {}, expected: basics },
  { lanes: 40, env: {}, expected: { ...basics, GOGC: '50' } },
  { lanes: 40, env: { GOGC: '200' }, expected: basics },
])('$lanes lanes, $env', ({ lanes, env, expected }) => {
  expect(planEnvironment({ lanes }, ways, env)).toEqual(expected);
});
