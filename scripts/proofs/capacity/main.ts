import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { markdownTable } from 'markdown-table';
import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import type { Result } from '../../../contracts/generated/result.ts';
import { CLI } from '../../foundation/package-root.ts';
import { PROOFS, type Proof } from './proofs.ts';

/**
 * Capacity searches through k6 against the reference server, whose capacity is known. What the way to the server and back
 * takes is measured first and added to each limit: the truth is that of the service.
 */
const { values } = parseArgs({ options: { seeds: { type: 'string', default: '4' }, system: { type: 'string' } } });

/** Of all searches: what is asked of them at least. */
const WITHIN = 11 / 16;
const HELD = 13 / 16;
const CALIBRATION = { meanMs: 120, rate: 50, seconds: 6 } as const;

interface Outcome {
  readonly system: string;
  readonly seed: number;
  readonly boundary: string;
  readonly truth: number;
  readonly estimate: number | null;
  readonly certified: number | null;
  readonly turns: number;
  readonly seconds: number;
  readonly warnings: readonly string[];
}

const errorOf = ({ estimate, truth }: Outcome): number => (estimate === null ? Number.NaN : estimate / truth - 1);
const isWithin = (it: Outcome): boolean => Math.abs(errorOf(it)) <= 0.1;
const isHeld = ({ certified, truth }: Outcome): boolean => certified !== null && certified <= truth;

function cellsOf(it: Outcome): string[] {
  const error = it.estimate === null ? '-' : `${(100 * errorOf(it)).toFixed(1)} %`;
  const certified = it.certified === null ? '-' : (it.certified / it.truth).toFixed(3);
  return [it.system, String(it.seed), it.boundary, error, certified, String(it.turns), `${it.seconds} s`];
}

const sentence = (it: Outcome | undefined): string =>
  it === undefined ? '' : [cellsOf(it).join(', '), ...it.warnings].join('; ');

const folder = await mkdtemp(join(tmpdir(), 'fini-harness-capacity-'));
const proofs = PROOFS.filter(({ name }) => values.system === undefined || values.system === name);
try {
  const overheadMs = await measureOverhead();
  console.log(`on the way to the server and back: ${overheadMs.toFixed(1)} ms`);
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    for (const proof of proofs) {
      outcomes.push(await outcomeOf(proof, seed, overheadMs));
      console.log(sentence(outcomes.at(-1)));
    }
  }
  await report(outcomes, overheadMs);
} finally {
  await rm(folder, { recursive: true });
}

/** Median latency above a constant service time, at a rate like those of the searches. */
async function measureOverhead(): Promise<number> {
  const { meanMs, rate, seconds } = CALIBRATION;
  const embedded = { service: { law: 'constant', meanMs }, parallel: 0 };
  const flags = ['--rate', String(rate), '--duration', `${seconds}s`];
  const result = await fini<Result>(
    ['run', 'load', ...flags],
    { embedded, continuation: { strategy: 'single' } },
    'overhead',
  );
  const median = result.latency.find(({ role, stage }) => role === 'user' && stage === 'measured')?.p50.value;
  if (median == null) throw new Error('the time on the way was not measured');
  return median - meanMs;
}

async function outcomeOf(
  { name, quantile, limitMs, truth, server }: Proof,
  seed: number,
  overheadMs: number,
): Promise<Outcome> {
  const started = Date.now();
  const slo = `${quantile}<${(limitMs + overheadMs).toFixed(1)}ms`;
  const { capacity } = await fini<CapacityResult>(
    ['capacity', '--slo', slo, '--seed', String(seed), '--no-confirm'],
    { embedded: { ...server, seed } },
    `${name}-${seed}`,
  );
  return {
    system: name,
    seed,
    boundary: capacity.boundary,
    truth,
    estimate: capacity.lambdaHat,
    certified: capacity.lambdaCert,
    turns: capacity.requests,
    seconds: Math.round((Date.now() - started) / 1000),
    warnings: [
      ...(capacity.lambdaCert === null ? [capacity.reason.code] : []),
      ...capacity.warnings.map(({ code }) => code),
    ],
  };
}

/** Runs the command line against an embedded server; returns what it says as JSON. */
async function fini<Value>(args: readonly string[], config: object, name: string): Promise<Value> {
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify({ timeout: '20s', ...config }));
  const flags = ['--embedded', '--config', file, '--out', join(folder, name), '--json', '--no-build'];
  const { stdout, stderr } = await execa(process.execPath, [CLI, ...args, ...flags], { reject: false });
  if (stdout === '') throw new Error(`${name} gave no result: ${stderr}`);
  return JSON.parse(stdout) as Value;
}

async function report(outcomes: readonly Outcome[], overheadMs: number): Promise<void> {
  const within = outcomes.filter(isWithin).length;
  const held = outcomes.filter(isHeld).length;
  const met = within >= WITHIN * outcomes.length && held >= HELD * outcomes.length;
  const header = ['system', 'seed', 'boundary', 'error', 'certified / truth', 'turns', 'time'];
  console.log(`\n${markdownTable([header, ...outcomes.map(cellsOf)])}\n`);
  console.log(`${within} of ${outcomes.length} within 10 %, certified held in ${held}: ${met ? 'met' : 'not met'}`);
  const machine = { cpus: cpus().length, model: cpus()[0]?.model ?? '' };
  const proof = { at: new Date().toISOString(), machine, overheadMs, within, held, of: outcomes.length, met, outcomes };
  await mkdir('results', { recursive: true });
  await writeFile(join('results', 'capacity-proof.json'), `${JSON.stringify(proof, null, 2)}\n`);
  process.exitCode = met ? 0 : 1;
}
