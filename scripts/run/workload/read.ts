import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../../../contracts/generated/plan.ts';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { usageError } from '../../foundation/errors.ts';
import { nonEmpty } from '../../foundation/non-empty.ts';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';
import { parseFile } from '../../foundation/parse-file.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';
import { explain } from '../../foundation/schema/explain.ts';
import { validatorOf } from '../../foundation/schema/validator.ts';

const BUILT_IN = join(PACKAGE_ROOT, 'workloads', 'default.jsonl');

/** What is said: the scripts that conversations follow. */
export interface Workload {
  /** As the user named it; `built-in` for the one that ships with the harness. */
  readonly source: string;
  readonly sha256: string;
  readonly conversations: Plan['workload']['conversations'];
}

/**
 * Reads a JSON Lines workload, every line checked. Without a path it is the built-in one.
 * @throws HarnessError (2) with `file:line` of each wrong line.
 */
export async function readWorkload(path?: string, shownAs = path): Promise<Workload> {
  const source = shownAs ?? 'built-in';
  const bytes = await readBytes(path ?? BUILT_IN, source);
  const { conversations, complaints } = parse(decode(bytes, source));
  if (complaints.length > 0) throw wrong(source, complaints);
  if (conversations.length === 0) throw usageError(`workload ${source} is empty: it needs one conversation per line`);
  return { source, sha256: createHash('sha256').update(bytes).digest('hex'), conversations: nonEmpty(conversations) };
}

async function readBytes(path: string, source: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw usageError(`cannot read the workload ${source}: ${readTrouble(error)}`, { cause: error });
  }
}

function decode(bytes: Buffer, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw usageError(`workload ${source} is not UTF-8 text`, { cause: error });
  }
}

interface Parsed {
  readonly conversations: ConversationScript[];
  readonly complaints: string[];
}

function parse(text: string): Parsed {
  const parsed: Parsed = { conversations: [], complaints: [] };
  const lineOf = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const number = index + 1;
    const script = parseLine(line, (what) => parsed.complaints.push(`${number}: ${what}`));
    if (script === undefined) continue;
    const first = lineOf.get(script.id);
    if (first !== undefined)
      parsed.complaints.push(`${number}: /id ${JSON.stringify(script.id)} is also the id of line ${first}`);
    lineOf.set(script.id, number);
    parsed.conversations.push(script);
  }
  return parsed;
}

function parseLine(line: string, complain: (what: string) => void): ConversationScript | undefined {
  let value: unknown;
  try {
    value = parseFile(line);
  } catch (error) {
    complain(`not valid JSON: ${(error as Error).message}`);
    return undefined;
  }
  const validate = validatorOf('workload');
  if (validate(value)) return value as ConversationScript;
  for (const { pointer, text } of explain(validate.errors ?? [])) complain(`${pointer} ${text}`.trim());
  return undefined;
}

const MOST_SHOWN = 10;

function wrong(source: string, complaints: readonly string[]): Error {
  const shown = complaints.slice(0, MOST_SHOWN).map((complaint) => `${source}:${complaint}`);
  const more = complaints.length > MOST_SHOWN ? `\n  and ${complaints.length - MOST_SHOWN} more` : '';
  return usageError(shown.length === 1 ? `${shown[0]}` : `the workload is invalid:\n  ${shown.join('\n  ')}${more}`);
}
