import type { Operator } from '../operator.ts';
import { ACCESS } from './access.ts';
import { PERSISTENCE } from './persistence.ts';
import { REPLY } from './reply.ts';
import { SEQUENCE } from './sequence.ts';
import { STATUS } from './status.ts';
import { STRUCTURE } from './structure.ts';
import { SWAP } from './swap.ts';
import { TIMING } from './timing.ts';
import { VALUES } from './values.ts';
import { WIRE } from './wire.ts';

/** Every drift: what a service does when it no longer keeps to its documentation. */
export const DRIFTS: readonly Operator[] = [
  ...STRUCTURE,
  ...VALUES,
  ...SEQUENCE,
  ...STATUS,
  ...WIRE,
  ...ACCESS,
  ...PERSISTENCE,
  ...TIMING,
  ...REPLY,
  SWAP,
];
