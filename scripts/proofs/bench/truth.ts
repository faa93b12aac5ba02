import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerLine, Sent, Settled } from '../../../contracts/generated/ledger.ts';
import type { Io } from '../../foundation/io.ts';
import { SCENARIO_OUT } from '../../k6/build/scenarios.ts';
import { planEnvironment } from '../../k6/plan-environment.ts';
import type { K6 } from '../../k6/provision.ts';
import { prepare } from '../../run/plan/prepare.ts';
import type { Service } from '../../run/service.ts';
import { type BenchResult, benchRun } from './bench-run.ts';
import type { BenchRun } from './contenders.ts';
import { quantile } from './quantile.ts';
import type { ServedTurn } from './served-turns.ts';

/** How late turns started, in ms after their intended time. */
export interface Lateness {
  readonly turns: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Durations of turns in the ledger and on the server's own clock. */
export interface DurationTruth {
  readonly turns: number;
  /** Turns that the server received and that no line of the ledger tells of. */
  readonly receivedNotSent: number;
  readonly quantiles: readonly { readonly q: number; readonly ledgerMs: number; readonly serverMs: number }[];
}

/** Single-turn conversations in the open model. */
async function openRun(k6: K6, law: object, rate: number, turns: number, io: Io): Promise<BenchResult> {
  const scenario = async ({ target, apiKey }: Service, folder: string): Promise<BenchRun> => {
    const config = join(folder, 'fini-harness.config.json');
    await writeFile(config, JSON.stringify({ continuation: { strategy: 'single' } }));
    const flags = { rate, conversations: turns, duration: `${Math.ceil((1.5 * turns) / rate)}s` };
    const { plan } = await prepare(
      { scenario: 'load', flags, config, build: false, target },
      { ...io, env: {}, cwd: folder },
    );
    const path = join(folder, 'run.json');
    await writeFile(path, JSON.stringify(plan));
    return { bundle: join(SCENARIO_OUT, 'load.js'), env: planEnvironment(plan, { path, apiKey }, {}) };
  };
  return benchRun(k6, law, scenario, io);
}

export async function lateness(k6: K6, rate: number, turns: number, io: Io): Promise<Lateness> {
  const { ledger } = await openRun(k6, { law: 'constant', meanMs: 300 }, rate, turns, io);
  const late = ledger.filter(isSent).map(({ sentAt, intendedAt }) => sentAt - intendedAt);
  return { turns: late.length, p50: quantile(late, 0.5), p95: quantile(late, 0.95), p99: quantile(late, 0.99) };
}

export async function durationTruth(k6: K6, turns: number, io: Io): Promise<DurationTruth> {
  const { ledger, served } = await openRun(k6, { law: 'log-normal', meanMs: 400, cv: 0.6 }, 250, turns, io);
  const settled = ledger.filter((line): line is Settled => line.kind === 'settled');
  const told = new Set(settled.flatMap(({ events }) => events.map(({ id }) => id)));
  const durations = settled.map(({ durationMs }) => durationMs);
  const truth = served.map(({ receivedAt, answeredAt }: ServedTurn) => answeredAt - receivedAt);
  return {
    turns: settled.length,
    receivedNotSent: served.filter(({ eventIds }) => !eventIds.every((id) => told.has(id))).length,
    quantiles: [0.5, 0.95, 0.99].map((q) => ({ q, ledgerMs: quantile(durations, q), serverMs: quantile(truth, q) })),
  };
}

const isSent = (line: LedgerLine): line is Sent => line.kind === 'sent';
