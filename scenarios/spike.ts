import type { Profile } from '../contracts/profile.ts';

/** A calm base, a sudden fivefold rush, and the way back: does it survive, and how soon does it recover? */
export const profile: Profile = {
  summary: 'a low rate, a sudden rise to five times as much, and the recovery',
  rate: 2,
  duration: '6m',
  stages: [
    { name: 'before', share: 0.3, from: 1, to: 1, measured: true },
    { name: 'rise', share: 0.05, from: 1, to: 5, measured: true },
    { name: 'spike', share: 0.15, from: 5, to: 5, measured: true },
    { name: 'fall', share: 0.05, from: 5, to: 1, measured: true },
    { name: 'recovery', share: 0.45, from: 1, to: 1, measured: true },
  ],
};

export { lane as default, options, setup } from './lanes/lane.ts';
