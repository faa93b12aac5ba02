import type { ExitCode } from '../foundation/exit-codes.ts';

/** What one look came to; a `problem` is what a run would fail with. */
export interface Diagnosis {
  readonly name: string;
  readonly status: 'ok' | 'notice' | 'problem';
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string;
  /** Of a problem: how a run would end. */
  readonly exitCode?: ExitCode;
}

export const ok = (name: string, text: string): Diagnosis => ({ name, status: 'ok', text });

export const notice = (name: string, text: string, advice: string): Diagnosis => ({
  name,
  status: 'notice',
  text,
  advice,
});

export const problem = (name: string, text: string, advice: string, exitCode: ExitCode): Diagnosis => ({
  name,
  status: 'problem',
  text,
  advice,
  exitCode,
});
