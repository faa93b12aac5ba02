import { type ForecastRequest, withForecast } from '../capacity/demand/with-forecast.ts';
import { type Driven, drive, type SavedSearch } from '../capacity/drive.ts';
import { renderCapacityText } from '../capacity/report/text.ts';
import { writeCapacityReports } from '../capacity/report/write-capacity-reports.ts';
import { capacityResult } from '../capacity/result/capacity-result.ts';
import { grantOf } from '../capacity/search/search-state.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import type { RunFolder } from '../ledger/run-folder.ts';
import { sentTurns } from '../run/admission/sent-turns.ts';
import { type Admission, admit, type Intent } from '../run/admit.ts';
import { announceStop } from '../run/announce-stop.ts';
import { runSequence } from '../run/sequence.ts';
import type { Service } from '../run/service.ts';
import { wantsEmbedded } from '../run/wants-embedded.ts';
import { addFileToStepSummary } from '../secrets/step-summary.ts';
import { capacityFrom } from './capacity-from.ts';
import { beginSearch, searchFolder } from './capacity-search.ts';
import type { CapacityOptions } from './flags/capacity-flags.ts';
import { type Judged, judgedCapacity } from './judged.ts';
import { notifying } from './notify.ts';
import { readForecast } from './read-forecast.ts';
import { renderSearchPlan } from './render-search-plan.ts';

/** For the lock of a process that nobody can look at. */
const LONGEST_MS = 24 * 3_600_000;

/** Searches the highest rate that meets an SLO, as a sequence of k6 runs. */
export const capacity: Command<CapacityOptions> = notifying('capacity', async (options, io, judged) => {
  const { from, out, json } = options;
  if (from !== undefined) return capacityFrom(from, { ...options, judged }, io);
  const forecast = await readForecast(options, io.cwd);
  const { search: begun, resumed, namesService } = await beginSearch(options, io);
  const { plan, settings } = begun;
  const { budget } = grantOf(settings);
  const embedded = resumed === undefined ? wantsEmbedded(options, namesService, io.env) : plan.target.embedded;
  const target = { ...plan.target, embedded };
  if (options.plan) {
    io.out(renderSearchPlan({ ...begun, plan: { ...plan, target } }));
    return EXIT.pass;
  }
  const service = {
    target,
    config: plan.config,
    env: io.env,
    sending: { what: 'capacity', baseUrl: plan.target.baseUrl, turns: budget, harmless: false },
    typed: options.confirmTarget,
  };
  return runSequence(
    {
      services: { service },
      plan: async ({ service: { target } }): Promise<SavedSearch> => ({ ...begun, plan: { ...plan, target } }),
      admit: (search, { service }) => admitSearch(search, { resumed, service }, io),
      folder: async (search) => ({ folder: await searchFolder(search, { resumed, out }, io), counted: true }),
      run: async ({ planned: search, folder, k6, services: { service } }) => {
        const forgetStop = announceStop(io);
        return { ran: await drive(folder.path, search, { k6, service }, io).finally(forgetStop) };
      },
      conclude: (driven, { planned: search, folder }) => report(search, { driven, forecast, folder, json, judged }, io),
    },
    io,
  );
});

/** Admission of what the budget has left. */
async function admitSearch(
  { plan, settings }: SavedSearch,
  { resumed, service }: { readonly resumed: RunFolder | undefined; readonly service: Service },
  io: Io,
): Promise<Admission> {
  const before = resumed === undefined ? undefined : await sentTurns(resumed.path);
  const left = Math.max(0, grantOf(settings).budget - (before?.turns ?? 0));
  const limits: Intent['limits'] = { ...plan.config, ...(plan.price && { price: plan.price }) };
  const most = { turns: left, users: left };
  return admit({ what: 'fini-harness capacity', most, limits, lengthMs: LONGEST_MS }, service, io);
}

interface Found {
  readonly driven: Driven;
  readonly forecast: ForecastRequest | undefined;
  readonly folder: RunFolder;
  readonly json: boolean;
  readonly judged: (found: Judged) => void;
}

async function report(search: SavedSearch, { driven, forecast, folder, json, judged }: Found, io: Io): Promise<number> {
  const found = capacityResult(search, driven);
  const result = forecast === undefined ? found : withForecast(found, forecast);
  judged(judgedCapacity(result));
  await writeCapacityReports(folder, result, io.guard.redact);
  await addFileToStepSummary(folder.markdown, io);
  if (json) io.json(result);
  (json ? io.err : io.out)(renderCapacityText(result, { reportPath: folder.html }));
  return result.exitCode;
}
