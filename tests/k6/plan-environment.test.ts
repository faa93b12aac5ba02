import { expect, it } from 'vitest';
import { planEnvironment } from '../../scripts/k6/plan-environment.ts';

const ways = { path: '/plan/run.json', apiKey: 'fini_key' };
const basics = { FINI_PLAN: '/plan/run.json', FINI_API_KEY: 'fini_key' };

it.each([
  { lanes: 2, env: {}, expected: { ...basics, GOGC: '800', GOMEMLIMIT: '544MiB' } },
  { lanes: 20, env: {}, expected: { ...basics, GOMEMLIMIT: '832MiB' } },
  { lanes: 40, env: {}, expected: { ...basics, GOGC: '50', GOMEMLIMIT: '1152MiB' } },
  { lanes: 40, env: { GOGC: '300', GOMEMLIMIT: '2GiB' }, expected: { ...basics, GOGC: '300', GOMEMLIMIT: '2GiB' } },
])('$lanes lanes, $env', ({ lanes, env, expected }) => {
  expect(planEnvironment({ lanes }, ways, env)).toEqual(expected);
});
