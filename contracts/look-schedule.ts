/** Pauses in ms before each look for what the service has stored; it may become visible only some time after its answer. */
export const LOOKS_MS = [0, 500, 1_000, 2_000, 5_000, 10_000] as const;
