import { BASELINE_RULES } from './baselines.ts';
import { EVENT_RULES } from './events.ts';
import { LISTING_RULES } from './listings.ts';
import { STATUS_RULES } from './statuses.ts';

/** Promises that no single answer to a turn can break: of statuses by condition, between exchanges, and against baselines. */
export const DRIFT_RULES = { ...STATUS_RULES, ...EVENT_RULES, ...LISTING_RULES, ...BASELINE_RULES } as const;
