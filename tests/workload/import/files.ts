import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Note, SaidMessage } from '../../../scripts/workload/import/said-message.ts';
import type { SourceFile } from '../../../scripts/workload/import/source-file.ts';
import { scratch } from '../../cli/scratch.ts';

/** A file in a folder of its own, which is removed after the test. */
export function fileOf(name: string, content: string | Uint8Array): SourceFile {
  const path = join(scratch(), name);
  writeFileSync(path, content);
  return { path, shownAs: name };
}

type Reader = (file: SourceFile, note: Note) => AsyncIterable<SaidMessage>;

/** All messages that a reader finds, and what it notes. */
export async function readAll(read: Reader, name: string, content: string | Uint8Array) {
  const notes: Parameters<Note>[0][] = [];
  const messages: SaidMessage[] = [];
  for await (const message of read(fileOf(name, content), (warning) => notes.push(warning))) messages.push(message);
  return { messages, notes };
}

/** What a reader says of a file that it refuses. */
export async function refusal(read: Reader, name: string, content: string | Uint8Array): Promise<string> {
  const error = await readAll(read, name, content).catch((it: unknown) => it);
  return error instanceof Error && 'exitCode' in error && error.exitCode === 2 ? error.message : String(error);
}
