import { resolve } from 'node:path';
import type { Redact } from '../../contracts/redact.ts';
import { usageError } from '../foundation/errors.ts';
import type { Io } from '../foundation/io.ts';
import { writeWhole } from '../secrets/write-whole.ts';

/** The forms in which a command can write what it found. */
export interface Output {
  readonly json: object;
  readonly text: () => string;
  readonly markdown: () => string;
  /** Its renderer is loaded only for a page: it is slow to load. */
  readonly page: () => Promise<string>;
}

/** What was asked for: one form on standard output, and perhaps a page. */
export interface OutputOptions {
  readonly json: boolean;
  readonly markdown: boolean;
  readonly html?: string | undefined;
}

/** @throws HarnessError (2) where the page cannot be written. */
export async function writeOutput(
  { json, markdown, html }: OutputOptions,
  forms: Output,
  { out, json: tell, cwd, guard }: Io,
): Promise<void> {
  if (json) tell(forms.json);
  else out(markdown ? forms.markdown() : forms.text());
  if (html !== undefined) await writePage(resolve(cwd, html), forms.page, guard.redact);
}

/** @throws HarnessError (2) where it cannot be written. */
export async function writePage(path: string, page: Output['page'], redact: Redact): Promise<void> {
  await writeWhole(path, await page(), redact).catch((error: NodeJS.ErrnoException) => {
    throw usageError(`cannot write the page to ${path}: ${error.message}`, { cause: error });
  });
}
