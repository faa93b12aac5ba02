import { appendFileSync, createReadStream, existsSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '../../contracts/parse-json.ts';
import { type Redact, redactStrings } from '../../contracts/redact.ts';
import type { Observed, Unusable } from './observed.ts';
import type { Position } from './read-history.ts';

/** What is read: the same question goes on where it was interrupted. */
export interface Question {
  readonly baseUrl: string;
  readonly sinceMs: number;
  readonly agent: string | null;
  readonly channel: string | null;
  readonly keepsText: boolean;
}

export interface ReadPage {
  readonly items: readonly (Observed | Unusable)[];
  readonly next: Position | null;
}

interface Header {
  readonly question: Question;
  readonly until: number;
}

/** The pages that an interrupted reading has had, in a file without ids; it has texts only where they are kept, and as they are kept. */
export interface Progress {
  readonly until: number;
  readonly start: Position | undefined;
  readonly pages: number;
  readonly keep: (page: ReadPage) => void;
  readonly remove: () => void;
}

/** Opens the progress of a question, and visits the pages that are in it, one at a time; another question starts anew. */
export async function openProgress(
  path: string,
  question: Question,
  redact: Redact,
  visitorFor: (until: number) => (page: ReadPage) => void,
): Promise<Progress> {
  const stored = await readStored(path, question, visitorFor);
  const until = stored?.until ?? Date.now();
  if (stored === undefined) {
    writeFileSync(path, `${JSON.stringify({ question, until } satisfies Header)}\n`, { mode: 0o600 });
  } else if (stored.bytes < statSync(path).size) {
    // The last line of a reading that was killed may be torn.
    truncateSync(path, stored.bytes);
  }
  let isKept = true;
  return {
    until,
    start: stored?.next,
    pages: stored?.pages ?? 0,
    keep: (page) => {
      // A page that names something personal is not stored, nor what comes after it: it is read anew.
      isKept &&= isDeepStrictEqual(redactStrings(page, redact), page);
      if (isKept) appendFileSync(path, `${JSON.stringify(page)}\n`, { mode: 0o600 });
    },
    remove: () => rmSync(path, { force: true }),
  };
}

interface Stored {
  readonly until: number;
  readonly next: Position | undefined;
  readonly pages: number;
  /** Of its whole lines. */
  readonly bytes: number;
}

async function readStored(
  path: string,
  question: Question,
  visitorFor: (until: number) => (page: ReadPage) => void,
): Promise<Stored | undefined> {
  if (!existsSync(path)) return undefined;
  let header: Header | undefined;
  let visit: (page: ReadPage) => void = () => undefined;
  let next: Position | undefined;
  let pages = 0;
  let bytes = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const json = parseJson(line);
    if (!json.ok) break;
    const { value } = json;
    bytes += Buffer.byteLength(line) + 1;
    if (header === undefined) {
      header = value as Header;
      if (!isDeepStrictEqual(header.question, question)) return undefined;
      visit = visitorFor(header.until);
      continue;
    }
    const page = value as ReadPage;
    visit(page);
    pages += 1;
    next = page.next ?? undefined;
  }
  return header === undefined ? undefined : { until: header.until, next, pages, bytes };
}
