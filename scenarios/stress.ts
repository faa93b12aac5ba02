import type { Profile } from '../contracts/profile.ts';

/** From half the rate to three times the rate in four steps: where does it bend? */
export const profile: Profile = {
  summary: 'steps from half the rate to three times the rate: where does latency rise?',
  rate: 2,
  duration: '10m',
  stages: [
    { name: 'half', share: 0.25, from: 0.5, to: 0.5, measured: true },
    { name: 'full', share: 0.25, from: 1, to: 1, measured: true },
    { name: 'double', share: 0.25, from: 2, to: 2, measured: true },
    { name: 'triple', share: 0.25, from: 3, to: 3, measured: true },
  ],
};

export { lane as default, options, setup } from './lanes/lane.ts';
