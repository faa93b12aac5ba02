import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { deadline } from '../foundation/deadline.ts';
import type { Release } from './pin.ts';

/** A host that does not answer must not hold up the build that comes next. */
const ANSWER_TIMEOUT_MS = 5_000;
const BODY_TIMEOUT_MS = 120_000;

/** Downloads a release archive, checks it, and unpacks its `k6` into a folder. Throws when it cannot be had or is not the pinned one. */
export async function downloadRelease({ url, sha256 }: Release, folder: string, signal: AbortSignal): Promise<void> {
  const archive = await download(url, signal);
  const digest = createHash('sha256').update(archive).digest('hex');
  if (digest !== sha256) throw new Error(`its sha256 is ${digest}, not the pinned ${sha256}`);
  const onlyK6 = (path: string): boolean => /^[^/]+\/k6$/.test(path);
  await pipeline(Readable.from([archive]), extract({ cwd: folder, strip: 1, filter: onlyK6 }));
}

async function download(url: string, signal: AbortSignal): Promise<Buffer> {
  const body = deadline(BODY_TIMEOUT_MS, signal);
  const answer = deadline(ANSWER_TIMEOUT_MS, body.signal);
  try {
    const response = await fetch(url, { signal: answer.signal });
    answer.clear();
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } finally {
    answer.clear();
    body.clear();
  }
}
