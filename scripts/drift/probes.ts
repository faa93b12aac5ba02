import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { DriftLine } from '../../contracts/generated/drift-ledger.ts';
import type { DriftPlan } from '../../contracts/generated/drift-plan.ts';
import { turnResponse } from '../../contracts/response.ts';
import type { Probe } from './sighting.ts';

type Skipped = Extract<DriftLine, { kind: 'skipped' }>;

/** What a ledger tells, joined with its plan. */
export interface DriftRun {
  readonly plan: DriftPlan;
  readonly probes: readonly Probe[];
  readonly skipped: readonly Skipped[];
  readonly faults: readonly string[];
  /** Whether the last line was written. */
  readonly complete: boolean;
}

/** Reads the ledger of a drift check. A line that a kill has cut off is left out. */
export async function readDriftRun(plan: DriftPlan, ledger: string): Promise<DriftRun> {
  const probes: Probe[] = [];
  const skipped: Skipped[] = [];
  const faults: string[] = [];
  let complete = false;
  for await (const text of createInterface({ input: createReadStream(ledger), crlfDelay: Number.POSITIVE_INFINITY })) {
    const line = parsed(text);
    if (line?.kind === 'exchange') probes.push(...probeOf(plan, line, probes.length));
    else if (line?.kind === 'skipped') skipped.push(line);
    else if (line?.kind === 'fault') faults.push(line.message);
    else if (line?.kind === 'end') complete = true;
  }
  return { plan, probes, skipped, faults, complete };
}

function probeOf({ chains }: DriftPlan, exchange: Extract<DriftLine, { kind: 'exchange' }>, index: number): Probe[] {
  const chain = chains[exchange.chain];
  const step = chain?.steps[exchange.step];
  if (chain === undefined || step === undefined) return [];
  const response = turnResponse(exchange.status, exchange.headers, exchange.body);
  // A read that finds nothing looks through the listing for what it misses.
  const strayed = step.do === 'read' && exchange.url.startsWith('/v2/hc-interactions/public?');
  return [{ index, chain, step, operation: strayed ? 'list-conversations' : step.operation, exchange, response }];
}

function parsed(text: string): DriftLine | undefined {
  try {
    return JSON.parse(text) as DriftLine;
  } catch {
    return undefined;
  }
}
