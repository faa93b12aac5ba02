import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findK6 } from '../../../scripts/k6/provision.ts';
import { processIo } from '../../../scripts/process-io.ts';
import { kill } from '../../../scripts/proofs/kills/kill.ts';

/** `npm run test:kills` does it at 50 random moments. */
describe.runIf(process.platform === 'linux')('SIGKILL', async () => {
  const { path: k6 } = await findK6(processIo());

  it.each([
    { victim: 'harness-with-server', afterMs: 3_500 },
    { victim: 'harness', afterMs: 2_500 },
    { victim: 'service', afterMs: 2_500 },
  ] as const)(
    'to the $victim loses nothing that was settled, and leaves nothing behind',
    async ({ victim, afterMs }) => {
      const cwd = mkdtempSync(join(tmpdir(), 'fini-harness-'));
      onTestFinished(() => rmSync(cwd, { recursive: true }));
      const { wasThere, wrong } = await kill({ victim, afterMs, cwd, k6 });
      expect(wasThere).toBe(true);
      expect(wrong).toEqual([]);
    },
  );
});
