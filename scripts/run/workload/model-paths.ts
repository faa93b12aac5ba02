import { join } from 'node:path';

/** Where a model lies in its folder. */
export const modelPaths = (out: string) => ({
  workload: join(out, 'workload.jsonl'),
  arrivals: join(out, 'arrivals.json'),
  progress: join(out, 'learn.progress.ndjson'),
});
