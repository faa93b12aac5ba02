import { expect, it } from 'vitest';
import { planEnvironment } from '../../scripts/k6/plan-environment.ts';

const ways = { path: '/plan/run.json', apiKey: 'fini_key' };
const basics = { FINI_PLAN: '/plan/run.json', FINI_API_KEY: 'fini_key' };

it.each([
  { lanes: 2, env: {}, expected: { ...basics, GOGC: '400', GOMEMLIMIT: '576MiB' } },
  { lanes: 3, env: {}, expected: { ...basics, GOGC: '150', GOMEMLIMIT: '608MiB' } },
  { lanes: 12, env: {}, expected: { ...basics, GOGC: '150', GOMEMLIMIT: '896MiB' } },
  { lanes: 16, env: {}, expected: { ...basics, GOGC: '50', GOMEMLIMIT: '1024MiB' } },
  { lanes: 40, env: {}, expected: { ...basics, GOGC: '50', GOMEMLIMIT: '1792MiB' } },
  { lanes: 40, env: { GOGC: '300', GOMEMLIMIT: '2GiB' }, expected: { ...basics, GOGC: '300', GOMEMLIMIT: '2GiB' } },
])('$lanes lanes, $env', ({ lanes, env, expected }) => {
  expect(planEnvironment({ lanes }, ways, env)).toEqual(expected);
});
