import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { OptionsError } from '../options.ts';
import { isRecord } from '../turn-request.ts';

/**
 * Latencies in ms to draw service times from: a JSON array of numbers, or a ledger of turns (`.ndjson`), of whose settled
 * lines those count that hold a reply. Rejects with an OptionsError when there are none.
 */
export async function readLatencies(file: string): Promise<number[]> {
  const latencies = file.endsWith('.ndjson') ? await fromLedger(file) : fromArray(await readFile(file, 'utf8'));
  if (latencies.length === 0) throw new OptionsError(`service: no latencies in ${file}`);
  return latencies;
}

function fromArray(text: string): number[] {
  const value: unknown = parsed(text);
  return Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number' && one >= 0) : [];
}

async function fromLedger(file: string): Promise<number[]> {
  const latencies: number[] = [];
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const line = parsed(text);
    if (!isRecord(line) || line.outcome !== 'answered' || line.status !== 200) continue;
    const { events, durationMs } = line;
    const replied = Array.isArray(events) && events.some((event) => isRecord(event) && event.role === 'finibot');
    if (replied && typeof durationMs === 'number') latencies.push(durationMs);
  }
  return latencies;
}

/** A run that was killed may leave half a line. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
