/** Replicas have clocks of their own: times that are closer together tell no order. */
export const CLOCKS_MS = 5_000;
