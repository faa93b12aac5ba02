import type { Profile } from '../contracts/profile.ts';

/** The busiest day that was learnt of the customers, in the shape that it had: does the service carry a real one? */
export const profile: Profile = {
  summary: 'the busiest day that `workload learn` found, some of its hours, or its busiest hour',
  duration: '24h',
  // In their place stand the hours of that day.
  stages: [{ name: 'day', share: 1, from: 1, to: 1, measured: true }],
  gates: [
    { metric: 'latency.p95', op: '<', limit: '15s' },
    { metric: 'latency.p99', op: '<', limit: '30s' },
    { metric: 'errors.share', op: '<=', limit: '1%' },
  ],
  isLearnt: true,
};

export { lane as default, options, setup } from './lanes/lane.ts';
