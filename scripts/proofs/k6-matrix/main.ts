import { relative } from 'node:path';
import { execa } from 'execa';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';
import { OLDEST, PINNED } from '../../k6/pin.ts';
import { findK6, type K6, provideK6 } from '../../k6/provision.ts';
import { processIo } from '../../process-io.ts';

/** Tests in which k6 itself takes part. */
const TESTS = [
  'tests/k6/run-k6.test.ts',
  'tests/contracts/parity.test.ts',
  'tests/e2e/verdicts.test.ts',
  'tests/e2e/scenarios.test.ts',
];

// npm run test:k6-matrix: every scenario, the probes, and what else k6 takes part in, on the oldest and the default k6,
// and on the one with xk6-ts that K6_TS_BIN names.
const io = processIo();
const versions: K6[] = [await provideK6(io, OLDEST), await provideK6(io, PINNED)];
if (io.env.K6_TS_BIN) versions.push(await findK6({ ...io, env: { ...io.env, K6_BIN: io.env.K6_TS_BIN } }));
else io.err('K6_TS_BIN is not set: no k6 with xk6-ts is tested\n');

for (const k6 of versions) {
  io.err(`k6 ${k6.version} (${relative(PACKAGE_ROOT, k6.path)})\n`);
  const tests = await execa('vitest', ['run', ...TESTS], {
    cwd: PACKAGE_ROOT,
    env: { K6_BIN: k6.path, FINI_HARNESS_MATRIX: '1' },
    preferLocal: true,
    localDir: PACKAGE_ROOT,
    stdio: 'inherit',
    reject: false,
  });
  if (tests.exitCode !== 0) process.exitCode = 1;
}
