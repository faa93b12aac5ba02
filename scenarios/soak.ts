import type { Profile } from '../contracts/profile.ts';

/** The load of a normal hour for a long time, judged as a whole and seen in thirds: does anything wear out? */
export const profile: Profile = {
  summary: 'a constant arrival rate for a long time, reported in thirds: does it degrade?',
  rate: 2,
  duration: '1h',
  stages: [
    { name: 'warm-up', share: 0.1, from: 1, to: 1, measured: false },
    { name: 'early', share: 0.3, from: 1, to: 1, measured: true },
    { name: 'middle', share: 0.3, from: 1, to: 1, measured: true },
    { name: 'final', share: 0.3, from: 1, to: 1, measured: true },
  ],
};

export { lane as default, options, setup } from './lanes/lane.ts';
