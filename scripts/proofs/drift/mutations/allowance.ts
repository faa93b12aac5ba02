import { createHash } from 'node:crypto';
import { expectation } from '../expectations.ts';
import { type Change, maker } from './changes.ts';
import type { Mutation } from './mutation.ts';

/** A service that is as the reference allows has no finding to expect. */
const NONE = expectation('additive', /^(?!)/);

/** Makes legal services by what they do to answers. */
export const allowance = (prefix: string) => {
  const made = maker(prefix);
  return (id: string, title: string, change: Change): Mutation => made(id, title, NONE, change);
};

/** The same number for the same id. */
export const drawn = (id: unknown, of: number): number =>
  createHash('sha256').update(String(id)).digest().readUInt32BE() % of;
export const oneOf = <T>(id: unknown, values: readonly T[]): T => values[drawn(id, values.length)] as T;
