import { appendFile, readFile } from 'node:fs/promises';
import type { Io } from '../foundation/io.ts';

/** A step's summary may have 1 MiB; of a larger one GitHub shows nothing. */
const MOST_BYTES = 1_000_000;

/** Adds a Markdown report to the summary of a GitHub job, where there is one. A summary that cannot be written costs no result. */
export async function addToStepSummary(
  markdown: string,
  { env, guard, err }: Pick<Io, 'env' | 'guard' | 'err'>,
): Promise<void> {
  const path = env.GITHUB_STEP_SUMMARY;
  if (path === undefined || path === '') return;
  const text = `${guard.redact(markdown)}\n`;
  const fits = Buffer.byteLength(text) <= MOST_BYTES;
  await appendFile(path, fits ? text : 'The report is too long for a summary: see report.md in the results.\n').catch(
    (error: Error) => err(`cannot write the step summary: ${error.message}\n`),
  );
}

/** The same of a report that is among the results. */
export const addFileToStepSummary = async (path: string, io: Io): Promise<void> =>
  addToStepSummary(await readFile(path, 'utf8'), io);
