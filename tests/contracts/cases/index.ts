import type { Case } from './case.ts';
import { ERRORS } from './errors.ts';
import { EVENTS } from './events.ts';
import { EXPOSURE } from './exposure.ts';
import { EXTREMES } from './extremes.ts';
import { LEGAL } from './legal.ts';
import { REFERENCES } from './references.ts';
import { REPLIES } from './replies.ts';
import { STRUCTURE } from './structure.ts';
import { TRANSPORT } from './transport.ts';
import { VALUES } from './values.ts';

/** The case table: the same rows run in Node and inside k6 and must agree. */
export const CASES: readonly Case[] = [
  ...LEGAL,
  ...STRUCTURE,
  ...VALUES,
  ...EVENTS,
  ...REPLIES,
  ...REFERENCES,
  ...TRANSPORT,
  ...ERRORS,
  ...EXTREMES,
  ...EXPOSURE,
];
