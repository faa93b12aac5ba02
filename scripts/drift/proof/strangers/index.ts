import { LISTINGS } from './listings.ts';
import { MEANINGS } from './meanings.ts';
import { REFUSALS } from './refusals.ts';
import { SHAPES } from './shapes.ts';
import type { Stranger } from './stranger.ts';

/** Drifts that the reference server does not know: what the check finds by its rules alone. */
export const STRANGERS: readonly Stranger[] = [...SHAPES, ...MEANINGS, ...LISTINGS, ...REFUSALS];
