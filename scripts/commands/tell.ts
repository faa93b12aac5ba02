import { resolve } from 'node:path';
import type { Redact } from '../../contracts/redact.ts';
import { usageError } from '../foundation/errors.ts';
import type { Io } from '../foundation/io.ts';
import { writeWhole } from '../secrets/write-whole.ts';

/** The forms in which a command can tell what it found. */
export interface Telling {
  readonly json: object;
  readonly text: () => string;
  readonly markdown: () => string;
  /** Its renderer is loaded only for a page: it is slow to load. */
  readonly page: () => Promise<string>;
}

/** What was asked for: one form on standard output, and perhaps a page. */
export interface TellOptions {
  readonly output: 'text' | 'markdown' | 'json';
  readonly html?: string | undefined;
}

/** @throws HarnessError (2) where the page cannot be written. */
export async function tell({ output, html }: TellOptions, telling: Telling, { out, cwd, guard }: Io): Promise<void> {
  if (output === 'json') out(`${JSON.stringify(telling.json)}\n`);
  else out(output === 'markdown' ? telling.markdown() : telling.text());
  if (html !== undefined) await writePage(resolve(cwd, html), telling.page, guard.redact);
}

/** @throws HarnessError (2) where it cannot be written. */
export async function writePage(path: string, page: Telling['page'], redact: Redact): Promise<void> {
  await writeWhole(path, await page(), redact).catch((error: NodeJS.ErrnoException) => {
    throw usageError(`cannot write the page to ${path}: ${error.message}`, { cause: error });
  });
}
