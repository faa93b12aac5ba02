import type { Random } from '../../../../contracts/random.ts';
import { logNormal } from '../../bench/queue-run.ts';
import type { System } from './system.ts';

export const exponential = (mean: number) => (draw: Random) => -mean * Math.log(1 - draw());

/** Pareto (Lomax) of this mean; finite variance for a shape above 2. */
export const pareto = (mean: number, shape: number) => (draw: Random) =>
  mean * (shape - 1) * ((1 - draw()) ** (-1 / shape) - 1);

export const mixture =
  (short: (draw: Random) => number, long: (draw: Random) => number, share: number) => (draw: Random) =>
    draw() < share ? long(draw) : short(draw);

const queue = { kind: 'queue', speed: () => 1 } as const;
const everyTurn = Number.POSITIVE_INFINITY;

/** Each further turn in service slows all of them by so much. */
export const slowed = (by: number) => (inService: number) => 1 / (1 + by * (inService - 1));
const tuned = true;
const heldOut = { ...queue, tuned: false } as const;

/** Six systems that the procedure's parameters were tuned on, and seven that they were not. */
export const SYSTEMS: readonly System[] = [
  { ...queue, tuned, name: 'MM8', slo: 'p95<12s', truth: 2.2802, servers: 8, service: exponential(3000) },
  { ...queue, tuned, name: 'LN8', slo: 'p95<8s', truth: 2.203, servers: 8, service: logNormal(3000, 0.6) },
  { ...queue, tuned, name: 'LN2', slo: 'p95<10s', truth: 0.4155, servers: 2, service: logNormal(3000, 0.6) },
  { ...queue, tuned, name: 'LN32', slo: 'p95<7.5s', truth: 9.998, servers: 32, service: logNormal(3000, 0.6) },
  {
    kind: 'sharing',
    tuned,
    name: 'PS',
    slo: 'p95<8s',
    truth: 2.828,
    servers: everyTurn,
    speed: slowed(0.08),
    service: logNormal(2000, 0.6),
  },
  { ...queue, tuned, name: 'LN8t', slo: 'p95<6.6s', truth: 1.67, servers: 8, service: logNormal(3000, 0.6) },
  { ...heldOut, name: 'LN4 cv .3', slo: 'p95<7s', truth: 0.992, servers: 4, service: logNormal(3000, 0.3) },
  { ...heldOut, name: 'LN16 cv 1', slo: 'p95<12s', truth: 4.947, servers: 16, service: logNormal(3000, 1) },
  { ...heldOut, name: 'LN64 cv .3', slo: 'p95<6s', truth: 20.7, servers: 64, service: logNormal(3000, 0.3) },
  { ...heldOut, name: 'LN4 cv 1', slo: 'p95<14s', truth: 1.0615, servers: 4, service: logNormal(3000, 1) },
  { ...heldOut, name: 'Pareto16', slo: 'p95<16s', truth: 4.751, servers: 16, service: pareto(3000, 2.5) },
  { ...heldOut, name: 'LN8 cv 2', slo: 'p95<20s', truth: 2.2715, servers: 8, service: logNormal(3000, 2) },
  {
    ...heldOut,
    name: 'two-class 8',
    slo: 'p95<15s',
    truth: 2.55,
    servers: 8,
    service: mixture(logNormal(2000, 0.3), logNormal(8000, 0.3), 0.15),
  },
  {
    kind: 'sharing',
    tuned: false,
    name: 'PS 3 %',
    slo: 'p95<3s',
    truth: 9.444,
    servers: everyTurn,
    speed: slowed(0.03),
    service: logNormal(1000, 0.6),
  },
];
