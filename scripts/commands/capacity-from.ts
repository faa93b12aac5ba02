import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CapacityResult } from '../../contracts/generated/capacity.ts';
import { withForecast } from '../capacity/demand/with-forecast.ts';
import { renderCapacityText } from '../capacity/report/text.ts';
import { writeCapacityReports } from '../capacity/report/write-capacity-reports.ts';
import { usageError } from '../foundation/errors.ts';
import type { Io } from '../foundation/io.ts';
import { explain } from '../foundation/schema/explain.ts';
import { validatorOf } from '../foundation/schema/validator.ts';
import { runFolder } from '../ledger/run-folder.ts';
import { addFileToStepSummary } from '../secrets/step-summary.ts';
import type { CapacityOptions } from './flags/capacity-flags.ts';
import { type Judging, judgedCapacity } from './judged.ts';
import { readForecast } from './read-forecast.ts';

/** Holds the capacity that a finished search found against a forecast; sends nothing. */
export async function capacityFrom(path: string, options: Judging<CapacityOptions>, io: Io): Promise<number> {
  assertAlone(options);
  const request = await readForecast(options, io.cwd);
  if (request === undefined) throw usageError('--from needs --forecast: conversations per month, or a CSV file');
  const found = await readResult(resolve(io.cwd, path));
  const result = withForecast(found, request);
  options.judged(judgedCapacity(result));
  const folder = runFolder(resolve(io.cwd, options.out ?? path));
  await mkdir(folder.path, { recursive: true, mode: 0o700 });
  await writeCapacityReports(folder, result, io.guard.redact);
  const text = renderCapacityText(result, { reportPath: folder.html });
  await addFileToStepSummary(folder.markdown, io);
  if (options.json) io.json(result);
  (options.json ? io.err : io.out)(text);
  return result.exitCode;
}

function assertAlone({ slo, resume, maxRate }: CapacityOptions): void {
  const more = Object.entries({ slo, resume, 'max-rate': maxRate }).find(([, value]) => value !== undefined);
  if (more !== undefined) throw usageError(`--from reads a finished search and sends nothing: omit --${more[0]}`);
}

async function readResult(path: string): Promise<CapacityResult> {
  const { result: file } = runFolder(path);
  if (!existsSync(file))
    throw usageError(`--from: ${path} contains no result.json; give the results folder of a search`);
  let found: unknown;
  try {
    found = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw usageError(`${file} is damaged: ${(error as Error).message}`, { cause: error });
  }
  const validate = validatorOf('capacity');
  if (validate(found)) return found as CapacityResult;
  const [first] = explain(validate.errors ?? []);
  throw usageError(
    `${file} is not a result of a capacity search of this version (${first?.pointer} ${first?.text}): ` +
      `rebuild it with \`fini-harness capacity --resume ${path}\``,
  );
}
