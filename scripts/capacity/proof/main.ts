import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import { CLI } from '../../package-root.ts';

/** A reference server whose capacity is known, its times a fiftieth of those of the simulated system of the same name. */
interface Proof {
  readonly name: string;
  readonly slo: string;
  /** Turns a second, from long simulations (M/M/8: exact). */
  readonly truth: number;
  readonly server: object;
}

const exponential = { law: 'exponential', meanMs: 60 };
const logNormal = { law: 'log-normal', meanMs: 60, cv: 0.6 };
const PROOFS: readonly Proof[] = [
  { name: 'MM8', slo: 'p95<240ms', truth: 114.01, server: { service: exponential, parallel: 8 } },
  { name: 'LN8', slo: 'p95<160ms', truth: 110.1, server: { service: logNormal, parallel: 8 } },
  { name: 'LN2', slo: 'p95<200ms', truth: 20.76, server: { service: logNormal, parallel: 2 } },
  {
    name: 'PS',
    slo: 'p95<160ms',
    truth: 141.3,
    server: { service: { law: 'log-normal', meanMs: 40, cv: 0.6 }, slowdown: 0.08 },
  },
];

/** Of 16 searches: what is asked of them at least. */
const WITHIN = 11 / 16;
const HELD = 13 / 16;

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '4' }, system: { type: 'string' } } });
const folder = await mkdtemp(join(tmpdir(), 'fini-harness-capacity-'));
const proofs = PROOFS.filter(({ name }) => values.system === undefined || values.system === name);
let total = 0;
let within = 0;
let held = 0;
try {
  for (const proof of proofs) {
    for (let seed = 1; seed <= Number(values.seeds); seed++) {
      const { capacity } = await searchOf(proof, seed);
      const { lambdaHat, lambdaCert } = capacity;
      const error = lambdaHat === null ? Number.NaN : lambdaHat / proof.truth - 1;
      total += 1;
      if (Math.abs(error) <= 0.1) within += 1;
      if (lambdaCert !== null && lambdaCert <= proof.truth) held += 1;
      const certified = lambdaCert === null ? '-' : (lambdaCert / proof.truth).toFixed(3);
      console.log(
        `${proof.name} seed ${seed}: ${capacity.boundary}, error ${(100 * error).toFixed(1)} %, certified / truth ${certified}, ${capacity.requests} turns${capacity.warnings.map((it) => `; ${it}`).join('')}`,
      );
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
console.log(`${within} of ${total} within 10 %, certified held in ${held}`);
process.exitCode = within >= WITHIN * total && held >= HELD * total ? 0 : 1;

async function searchOf({ name, slo, server }: Proof, seed: number): Promise<CapacityResult> {
  const config = join(folder, `${name}-${seed}.json`);
  await writeFile(config, JSON.stringify({ timeout: '20s', embedded: { ...server, seed } }));
  const out = join(folder, `${name}-${seed}`);
  const flags = ['--slo', slo, '--seed', String(seed), '--embedded', '--config', config, '--out', out, '--json'];
  const { stdout, stderr } = await execa(process.execPath, [CLI, 'capacity', ...flags, '--no-build'], {
    reject: false,
  });
  if (stdout === '') throw new Error(`${name} seed ${seed} gave no result: ${stderr}`);
  return JSON.parse(stdout) as CapacityResult;
}
