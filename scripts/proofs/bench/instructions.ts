import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { markdownTable } from 'markdown-table';
import { usageError } from '../../foundation/errors.ts';
import type { Io } from '../../foundation/io.ts';
import { buildAll } from '../../k6/build/all.ts';
import { k6Environment } from '../../k6/k6-environment.ts';
import { findK6 } from '../../k6/provision.ts';
import { k6Arguments } from '../../k6/run-k6.ts';
import { withoutMetrics } from '../../k6/without-metrics.ts';
import { startEmbedded } from '../../run/service.ts';
import { BARE, buildContenders, type Contender, HARNESS, HARNESS_SINGLE } from './contenders.ts';
import { servedTurns } from './served-turns.ts';

/** The cost of a turn is the difference of two runs, so that what k6 does at its start and end is not in it. */
const FEW = 100;
const MANY = 600;
/** The others would wait for their part of the warm-up. */
const CONCURRENCY = 1;
/** Longer than any of the runs, which end after their turns; valgrind makes k6 some fifty times as slow. */
const LONGEST_MS = 600_000;
/** As valgrind has it, but for one thread, so that two counts agree to about 1 %. */
const STEADY = { GODEBUG: 'asyncpreemptoff=1', GOMAXPROCS: '1' };

interface Instructions {
  readonly contender: string;
  readonly perTurn: number;
}

/**
 * User-mode instructions a turn, counted by valgrind: what else the machine does hardly changes them, unlike CPU time.
 * @throws HarnessError (2) where there is no valgrind
 */
export async function instructions(io: Io): Promise<readonly Instructions[]> {
  const { failed } = await execa('valgrind', ['--version'], { reject: false });
  if (failed) {
    throw usageError(
      '--instructions counts with valgrind, which is not on PATH: install it (Debian: apt-get install valgrind)',
    );
  }
  await buildAll();
  await buildContenders();
  const { path, version, source } = await findK6(io);
  io.err(`k6 ${version} (${source}): ${path}\n`);
  const rows: Instructions[] = [];
  for (const contender of [BARE, HARNESS, HARNESS_SINGLE]) {
    io.err(`${contender.name}, ${FEW} and ${MANY} turns\n`);
    const [few, many] = [await countOf(contender, FEW, path, io), await countOf(contender, MANY, path, io)];
    rows.push({ contender: contender.name, perTurn: (many - few) / (MANY - FEW) });
  }
  return rows;
}

async function countOf(contender: Contender, turns: number, k6: string, io: Io): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'fini-harness-bench-'));
  const service = await startEmbedded(
    { config: { embedded: { service: { law: 'constant', meanMs: 1 } } } },
    { ...io, err: () => undefined },
  );
  try {
    const load = { concurrency: CONCURRENCY, serviceMs: 1, durationMs: LONGEST_MS, turns };
    const { bundle, env, plain = false, withdraw } = await contender.prepare(load, service, folder);
    const ledger = join(folder, 'turns.ndjson');
    const counting = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null', k6];
    const args = k6Arguments({ bundle, ledger, args: plain ? [] : withoutMetrics('2.0.0', []) });
    const { stderr } = await execa('valgrind', [...counting, ...args], {
      cwd: folder,
      env: { ...k6Environment({ ...io.env, ...env, ...chosen(io) }), ...STEADY },
      extendEnv: false,
      stdin: 'ignore',
      stdout: 'ignore',
      cancelSignal: io.signal,
    }).finally(withdraw);
    const sent = (await servedTurns(service.target.baseUrl)).filter(({ role }) => role === 'user').length;
    if (sent !== turns) throw new Error(`${contender.name} sent ${sent} turns of ${turns}`);
    const [, count] = /I\s+refs:\s+([\d,]+)/.exec(stderr) ?? [];
    if (count === undefined) throw new Error(`valgrind gave no count: ${stderr.slice(-300)}`);
    return Number(count.replaceAll(',', ''));
  } finally {
    await service.close();
    await rm(folder, { recursive: true });
  }
}

/** `GOGC=off` takes garbage collection, and with it most of the noise, out of the counts of every contender. */
const chosen = ({ env: { GOGC } }: Io): { GOGC?: string } => (GOGC === undefined ? {} : { GOGC });

/** Thousands of instructions, and how many times those of bare k6, as a Markdown table. */
export function renderInstructions(rows: readonly Instructions[]): string {
  const bare = rows[0]?.perTurn ?? Number.NaN;
  const head = ['', 'instructions per turn, thousand', 'times bare k6'];
  const cells = rows.map(({ contender, perTurn }) => [
    contender,
    (perTurn / 1_000).toFixed(0),
    (perTurn / bare).toFixed(2),
  ]);
  return `${markdownTable([head, ...cells], { align: ['l', 'r', 'r'] })}\n`;
}
