import { readFile } from 'node:fs/promises';
import { usageError } from '../../foundation/errors.ts';
import { nonEmpty } from '../../foundation/non-empty.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';

type List<T> = [T, ...T[]];

/** The conversation ids of a file, one a line. */
export async function readIds(path: string): Promise<List<string>> {
  return nonEmpty((await readLines(path, 'conversation id')).map(({ text }) => text));
}

/** The durations in ms of a file, one a line. */
export async function readDurations(path: string): Promise<List<number>> {
  const lines = await readLines(path, 'duration in ms');
  const durations = lines.map(({ text, number }) => {
    const ms = Number(text);
    if (!(ms >= 0 && Number.isFinite(ms)))
      throw usageError(`${path}:${number}: must be a duration in ms, got ${text.slice(0, 40)}`);
    return ms;
  });
  return nonEmpty(durations);
}

interface Line {
  readonly text: string;
  readonly number: number;
}

async function readLines(path: string, what: string): Promise<Line[]> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw usageError(`cannot read the file with one ${what} per line: ${readTrouble(error)}`, { cause: error });
  });
  const lines = text
    .split('\n')
    .map((line, index) => ({ text: line.trim(), number: index + 1 }))
    .filter((line) => line.text !== '');
  if (lines.length === 0) throw usageError(`${path} is empty: it needs one ${what} per line`);
  return lines;
}
