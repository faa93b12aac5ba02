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

  it.each(['harness-with-server', 'harness', 'service'] as const)(
    'to the %s loses nothing that was settled, and leaves nothing behind',
    async (victim) => {
      const cwd = mkdtempSync(join(tmpdir(), 'fini-harness-'));
      onTestFinished(() => rmSync(cwd, { recursive: true }));
      const { wasThere, remains, wrong } = await kill({ victim, moment: { settledTurns: 10 }, cwd, k6 });
      expect(wasThere).toBe(true);
      expect(remains?.settled).toBeGreaterThanOrEqual(10);
      expect(wrong).toEqual([]);
    },
  );
});
