import type { Profile } from '../contracts/profile.ts';

/** The load that the configuration writes down: most loads need no scenario of their own. */
export const profile: Profile = {
  summary: 'the stages of the configuration',
  duration: '1m',
  // In their place stand those of the configuration.
  stages: [{ name: 'steady', share: 1, from: 1, to: 1, measured: true }],
  isConfigured: true,
};

export { lane as default, options, setup } from './lanes/lane.ts';
