import type { Profile } from 'fini-harness/scenario';

/** An evening: it fills up, stays busy, and calms down. Rates are multiples of --rate. */
export const profile: Profile = {
  summary: 'an evening: it fills up, stays busy, and calms down',
  rate: 1,
  duration: '10m',
  stages: [
    { name: 'filling', share: 0.2, from: 0.2, to: 1, measured: false },
    { name: 'busy', share: 0.6, from: 1, to: 1, measured: true },
    { name: 'calm', share: 0.2, from: 1, to: 0.3, measured: false },
  ],
};

export { lane as default, options, setup } from 'fini-harness/scenario';
