import type { Io } from '../foundation/io.ts';

/** What work comes to; undefined where the user ended it, with a word on how it goes on. */
export async function unlessStopped<T>(
  work: Promise<T>,
  goesOn: string,
  { signal, err }: Pick<Io, 'err' | 'signal'>,
): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!signal.aborted) throw error;
    err(`${goesOn}\n`);
    return undefined;
  }
}
