/** Rules of the server that an operator can lift. */
export const POLICIES = {
  'accept-missing-key': 'A request without a key acts as the main workspace.',
} as const;

export type Policy = keyof typeof POLICIES;
