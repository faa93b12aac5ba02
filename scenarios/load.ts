import type { Profile } from '../contracts/profile.ts';

/** The load of a normal busy hour: a constant arrival rate, judged after the ramp-up. */
export const profile: Profile = {
  summary: 'a constant arrival rate, judged after the ramp-up',
  rate: 2,
  duration: '5m',
  stages: [
    { name: 'warm-up', share: 0.2, from: 1, to: 1, measured: false },
    { name: 'steady', share: 0.8, from: 1, to: 1, measured: true },
  ],
};

export { lane as default, options, setup } from './lanes/lane.ts';
