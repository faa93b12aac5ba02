import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { constants, createGunzip } from 'node:zlib';
import pMap from 'p-map';
import type { Guard } from '../foundation/guard.ts';
import { NEWLINE } from '../foundation/newline.ts';
import { type Inspection, inspectorOf, PATTERN, type Sight } from './inspector.ts';
import { parquetTexts } from './parquet-texts.ts';

/** A key or personal data in a file; what it is, never the thing itself. */
export interface Leak {
  /** Relative to the folder. */
  readonly file: string;
  /** Of the file, unpacked; null where a file has no lines. */
  readonly line: number | null;
  /** `FINI_API_KEY, base64`. */
  readonly what: string;
}

const PART_BYTES = 4 << 20;

/** Looks for keys and personal data in all files of a folder, packed ones too. Reads each file once, in parts. */
export async function scanFolder(folder: string, guard: Guard): Promise<Leak[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return scanFiles(files.sort(), guard, folder);
}

/** As `scanFolder`, of these files. */
export async function scanFiles(files: readonly string[], guard: Guard, folder: string): Promise<Leak[]> {
  const inspect = inspectorOf(guard);
  const leaksIn = async (path: string): Promise<Leak[]> => {
    // What cannot be unpacked is looked at as it is.
    const sights = await sightsIn(path, inspect()).catch(() => sightsInBytes(path, inspect()));
    const leaks: Leak[] = [];
    for (const sight of sights) {
      const line = await lineOf(path, sight, guard);
      if (line !== undefined) leaks.push({ file: relative(folder, path), line, what: sight.what });
    }
    return leaks;
  };
  // A Parquet file is unpacked by other threads while this one reads the ledger.
  return (await pMap(files, leaksIn, { concurrency: 2 })).flat();
}

async function sightsIn(path: string, inspection: Inspection): Promise<readonly Sight[]> {
  if (path.endsWith('.parquet')) {
    await parquetTexts(path, async (texts) => each(createReadStream(texts, { highWaterMark: PART_BYTES }), inspection));
  } else await each(contentOf(path), inspection);
  return inspection.end();
}

async function sightsInBytes(path: string, inspection: Inspection): Promise<readonly Sight[]> {
  await each(createReadStream(path, { highWaterMark: PART_BYTES }), inspection);
  return inspection.end();
}

async function each(stream: Readable, { add }: Inspection): Promise<void> {
  for await (const part of stream) add(part as Buffer);
}

function contentOf(path: string): Readable {
  const file = createReadStream(path, { highWaterMark: PART_BYTES });
  if (!path.endsWith('.gz')) return file;
  // An archive that is torn holds what could be unpacked of it.
  const unpacked = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  file.on('error', (error) => unpacked.destroy(error)).pipe(unpacked);
  return unpacked;
}

/** The number of the line that something stands in; undefined where it is none after all. */
async function lineOf(path: string, { what, offset }: Sight, guard: Guard): Promise<number | null | undefined> {
  if (path.endsWith('.parquet')) return null;
  if (what !== PATTERN || !JSON_FILE.test(path)) return lineAt(path, offset).catch(() => null);
  // Numbers such as times match many patterns, and hold no personal data.
  const holds = holdsPattern(guard);
  if (!path.includes('.ndjson')) return holds(await text(contentOf(path))) ? lineAt(path, offset) : undefined;
  let number = 0;
  for await (const line of createInterface({ input: contentOf(path) })) {
    number += 1;
    if (holds(line)) return number;
  }
  return undefined;
}

const JSON_FILE = /\.(?:nd)?json(?:\.gz)?$/;

async function lineAt(path: string, offset: number): Promise<number> {
  let line = 1;
  let before = 0;
  for await (const part of contentOf(path) as AsyncIterable<Buffer>) {
    for (let at = part.indexOf(NEWLINE); at !== -1; at = part.indexOf(NEWLINE, at + 1)) {
      if (before + at >= offset) return line;
      line += 1;
    }
    before += part.length;
  }
  return line;
}

/** Whether a pattern stands in a text of JSON. */
function holdsPattern(guard: Guard): (json: string) => boolean {
  const patterns = guard.forbidden().patterns.map((pattern) => new RegExp(pattern));
  const holds = (value: unknown): boolean => {
    if (typeof value === 'string') return patterns.some((pattern) => pattern.test(value));
    if (typeof value !== 'object' || value === null) return false;
    return Object.entries(value).some(([name, item]) => holds(name) || holds(item));
  };
  return (json) => holds(parsed(json));
}

/** What is no JSON is text. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
