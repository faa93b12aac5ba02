import { MEANINGS } from './meanings.ts';
import { SHAPES } from './shapes.ts';
import type { Stranger } from './stranger.ts';

/** Drifts that the reference server does not know: what the check finds by its rules alone. */
export const STRANGERS: readonly Stranger[] = [...SHAPES, ...MEANINGS];
