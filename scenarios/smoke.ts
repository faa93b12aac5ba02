import type { Profile } from '../contracts/profile.ts';

/** A handful of conversations, one after the other: does it work at all, and what does a calm answer take? */
export const profile: Profile = {
  summary: 'a few conversations, one at a time: does it work?',
  concurrency: 1,
  conversations: 3,
  duration: '2m',
  stages: [{ name: 'steady', share: 1, from: 1, to: 1, measured: true }],
  // Percentiles need more turns than a smoke test sends.
  gates: [
    { metric: 'errors.share', op: '<=', limit: 0 },
    { metric: 'violations.count', op: '==', limit: 0 },
  ],
  harmless: true,
};

export { lane as default, options, setup } from './lanes/lane.ts';
