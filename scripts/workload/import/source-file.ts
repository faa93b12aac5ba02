import type { HarnessError } from '../../foundation/errors.ts';
import { usageError } from '../../foundation/errors.ts';

/** A file that conversations are read from. */
export interface SourceFile {
  readonly path: string;
  /** As the user named it. */
  readonly shownAs: string;
}

/** What is wrong in a line of a file. It does not quote the line: messages of customers are in no error. */
export const lineError = ({ shownAs }: SourceFile, line: number, what: string): HarnessError =>
  usageError(`${shownAs}:${line}: ${what}`);
