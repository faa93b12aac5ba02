import type { Io } from '../foundation/io.ts';
import { sayProxy } from '../http/use-proxy.ts';
import { findK6, type K6 } from '../k6/provision.ts';
import type { RunFolder } from '../ledger/run-folder.ts';
import type { Admission } from './admit.ts';
import { assertMaySend, type PlannedService } from './may-send.ts';
import type { TurnCount } from './plan/turn-budget.ts';
import { preflight } from './preflight.ts';
import { claimRun } from './run-process.ts';
import { type Service, startService } from './service.ts';

/** A service that is there. */
export interface ReadyService extends Service {
  /** Whether its key may read. */
  readonly canRead: boolean;
}

type Ready<Name extends string> = Readonly<Record<Name, ReadyService>>;

/** What each step of a command that sends is given. */
export interface Stage<Name extends string, Planned> {
  readonly planned: Planned;
  readonly services: Ready<Name>;
  readonly k6: K6;
  readonly folder: RunFolder;
}

/** What a command that sends does in the steps that all of them share. */
export interface Sequence<Name extends string, Planned, Ran> {
  readonly services: Readonly<Record<Name, PlannedService>>;
  /** What is sent, now that the services are there; throws where they cannot do it. */
  readonly plan: (services: Ready<Name>) => Promise<Planned>;
  readonly admit: (planned: Planned, services: Ready<Name>) => Promise<Admission>;
  /** Where the results go; `counted`: its ledgers show what a run that dies has spent. */
  readonly folder: (planned: Planned) => Promise<{ readonly folder: RunFolder; readonly counted: boolean }>;
  /** Sends; `spent` is undefined where the ledgers tell. */
  readonly run: (stage: Stage<Name, Planned>) => Promise<{ readonly ran: Ran; readonly spent?: TurnCount | 'all' }>;
  /** What is left to do while the services are there, with others free to send again; returns the exit code. */
  readonly conclude: (ran: Ran, stage: Stage<Name, Planned>) => Promise<number>;
}

/**
 * The one way from a plan to sent turns: confirm, find k6, start or name the services, ask them whether they are ready,
 * get admission, make the folder, run, settle what was spent. Nothing is left locked, reserved or running, however it ends.
 * @throws HarnessError (2, 7, 8) before anything is sent
 */
export async function runSequence<Name extends string, Planned, Ran>(
  steps: Sequence<Name, Planned, Ran>,
  io: Io,
): Promise<number> {
  const names = Object.keys(steps.services) as Name[];
  for (const name of names) await assertMaySend(steps.services[name], io);
  const k6 = await findK6(io);
  const started: [Name, Service][] = [];
  try {
    for (const name of names) started.push([name, await startService(steps.services[name], io)]);
    const services = await readyServices(started, io);
    const planned = await steps.plan(services);
    const { ran, folder } = await runAdmitted(steps, { planned, services, k6 });
    return await steps.conclude(ran, { planned, services, k6, folder });
  } finally {
    await Promise.all(started.map(([, { close }]) => close()));
  }
}

async function readyServices<Name extends string>(
  started: readonly (readonly [Name, Service])[],
  io: Io,
): Promise<Ready<Name>> {
  const ready: [Name, ReadyService][] = [];
  for (const [name, service] of started) {
    sayProxy(service.target, io);
    ready.push([name, { ...service, ...(await preflight(service.target, service.apiKey, io.signal)) }]);
  }
  return Object.fromEntries(ready) as Ready<Name>;
}

async function runAdmitted<Name extends string, Planned, Ran>(
  { admit, folder: makeFolder, run }: Sequence<Name, Planned, Ran>,
  { planned, services, k6 }: Omit<Stage<Name, Planned>, 'folder'>,
): Promise<{ ran: Ran; folder: RunFolder }> {
  const admission = await admit(planned, services);
  try {
    const { folder, counted } = await makeFolder(planned);
    await claimRun(folder.path);
    await admission.begin(counted ? folder.path : undefined);
    const { ran, spent } = await run({ planned, services, k6, folder });
    await admission.settle(spent);
    return { ran, folder };
  } finally {
    await admission.close();
  }
}
