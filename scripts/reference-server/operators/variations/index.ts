import type { Operator } from '../operator.ts';
import { REPLY } from './reply.ts';
import { SHAPE } from './shape.ts';
import { TRANSPORT } from './transport.ts';

/** Every legal variation: what a service may do within its documentation, and nobody may complain about. */
export const VARIATIONS: readonly Operator[] = [...SHAPE, ...REPLY, ...TRANSPORT].sort((a, b) =>
  a.id.localeCompare(b.id),
);
