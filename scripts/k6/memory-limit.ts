import { totalmem } from 'node:os';

/** Of what this machine, or this container, has. */
const SHARE = 0.7;

/**
 * How much memory k6 may come to use, in bytes. It reads every body to its end and has no option against that: a service
 * that floods it would take the memory of everything else.
 */
export function memoryLimit(own = process.constrainedMemory(), machine = totalmem()): number {
  return SHARE * (own > 0 ? Math.min(own, machine) : machine);
}
