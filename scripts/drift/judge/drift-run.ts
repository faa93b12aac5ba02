import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { DriftLine, Exchange } from '../../../contracts/generated/drift-ledger.ts';
import type { DriftPlan } from '../../../contracts/generated/drift-plan.ts';
import { CONVERSATIONS_PATH } from '../../../contracts/paths.ts';
import { HIDDEN_E_MAIL } from '../../../contracts/redact.ts';
import { turnResponse } from '../../../contracts/response.ts';
import type { Probe } from '../sighting.ts';

type Skipped = Extract<DriftLine, { kind: 'skipped' }>;
type Fault = Extract<DriftLine, { kind: 'fault' }>;

/** What a ledger tells, joined with its plan. */
export interface DriftRun {
  readonly plan: DriftPlan;
  readonly probes: readonly Probe[];
  readonly skipped: readonly Skipped[];
  readonly faults: readonly Fault[];
  /** Conversations that probes began, and that could not be removed. */
  readonly leftBehind: readonly string[];
  /** Whether it could be seen in the end what is left. */
  readonly tidied: boolean;
  /** Whether the last line was written. */
  readonly complete: boolean;
}

/** Reads the ledger of a drift check. A line that a kill has cut off is left out. */
export async function readDriftRun(plan: DriftPlan, ledger: string): Promise<DriftRun> {
  const probes: Probe[] = [];
  const skipped: Skipped[] = [];
  const faults: Fault[] = [];
  const leftBehind: string[] = [];
  let tidied: boolean | undefined;
  let complete = false;
  for await (const text of createInterface({ input: createReadStream(ledger), crlfDelay: Number.POSITIVE_INFINITY })) {
    const line = parsed(text);
    if (line?.kind === 'exchange' && isOfTidying(plan, line)) {
      leftBehind.push(...notRemoved(line));
      if (line.conversation === undefined) tidied = tidied !== false && line.status === 200;
    } else if (line?.kind === 'exchange') probes.push(...probeOf(plan, line, probes.length));
    else if (line?.kind === 'skipped') skipped.push(line);
    else if (line?.kind === 'fault') faults.push(line);
    else if (line?.kind === 'end') complete = true;
  }
  return { plan, probes, skipped, faults, leftBehind, tidied: tidied === true, complete };
}

/** Tidying is no probe: what it sends is not judged. */
function isOfTidying({ chains }: DriftPlan, { chain, step }: Exchange): boolean {
  return chains[chain]?.steps[step]?.do === 'tidy';
}

function notRemoved({ conversation, status }: Exchange): string[] {
  return conversation === undefined || (status >= 200 && status < 300) ? [] : [conversation];
}

function probeOf({ chains }: DriftPlan, exchange: Exchange, index: number): Probe[] {
  const chain = chains[exchange.chain];
  const step = chain?.steps[exchange.step];
  if (chain === undefined || step === undefined) return [];
  const { status, headers, body, utf8 } = exchange;
  const response = { ...turnResponse(status, headers, withAddresses(body)), utf8 };
  // A read that finds nothing looks through the listing for what it misses.
  const strayed = step.do === 'read' && exchange.url.startsWith(`${CONVERSATIONS_PATH}?`);
  return [{ index, chain, step, operation: strayed ? 'list-conversations' : step.operation, exchange, response }];
}

/** What the ledger makes of an address of the web that names a person, and what it stands for. */
const HIDDEN_ADDRESS = `https:${HIDDEN_E_MAIL}`;
export const PERSONAL_ADDRESS = 'https://e-mail.invalid/';

const withAddresses = (body: string): string =>
  body.includes(HIDDEN_ADDRESS) ? body.replaceAll(HIDDEN_ADDRESS, PERSONAL_ADDRESS) : body;

function parsed(text: string): DriftLine | undefined {
  try {
    return JSON.parse(text) as DriftLine;
  } catch {
    return undefined;
  }
}
