import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { type Redact, redactStrings } from '../../contracts/redact.ts';
import type { Reading } from './read-back.ts';

/** What an audit has read so far, kept in a file so that one that was interrupted continues from there. */
export interface Checkpoint {
  /** Readings of the interrupted audit, by conversation id. */
  readonly before: ReadonlyMap<string, Reading>;
  readonly keep: (reading: Reading) => void;
  /** The audit is complete: the next one reads anew. */
  readonly remove: () => void;
}

export function checkpoint(path: string, redact: Redact): Checkpoint {
  const before = new Map<string, Reading>();
  if (existsSync(path)) {
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      const reading = parsed(line);
      if (reading !== undefined) before.set(reading.interactionId, reading);
    }
  }
  return {
    before,
    keep: (reading) => {
      // A reading that names something personal is not kept: the next audit reads it anew.
      if (!isDeepStrictEqual(redactStrings(reading, redact), reading)) return;
      // One write a line: whenever the audit is ended, at most the last line is torn.
      appendFileSync(path, `${JSON.stringify(reading)}\n`, { mode: 0o600 });
    },
    remove: () => rmSync(path, { force: true }),
  };
}

function parsed(line: string): Reading | undefined {
  try {
    const reading = JSON.parse(line) as Reading;
    return typeof reading.interactionId === 'string' ? reading : undefined;
  } catch {
    return undefined;
  }
}
