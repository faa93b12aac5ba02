import type { Operator } from '../operator.ts';
import { ACCESS } from './access.ts';
import { AVAILABILITY } from './availability.ts';
import { CACHING } from './caching.ts';
import { CONTEXT } from './context.ts';
import { IDENTITY } from './identity.ts';
import { LEAKS } from './leaks.ts';
import { LIFECYCLE } from './lifecycle.ts';
import { NULLABILITY } from './nullability.ts';
import { PAGING } from './paging.ts';
import { PERSISTENCE } from './persistence.ts';
import { REPLY } from './reply.ts';
import { SEQUENCE } from './sequence.ts';
import { STATUS } from './status.ts';
import { STRUCTURE } from './structure.ts';
import { SWAP } from './swap.ts';
import { TIMING } from './timing.ts';
import { VALUES } from './values.ts';
import { WIRE } from './wire.ts';
import { WORDING } from './wording.ts';

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
  ...LEAKS,
  ...AVAILABILITY,
  ...NULLABILITY,
  ...IDENTITY,
  ...CONTEXT,
  ...CACHING,
  ...PAGING,
  ...LIFECYCLE,
  ...WORDING,
];
