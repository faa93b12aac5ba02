import { relative } from 'node:path';
import { execa } from 'execa';
import { PACKAGE_ROOT } from '../package-root.ts';
import { processIo } from '../process-io.ts';
import { OLDEST, PINNED } from './pin.ts';
import { provideK6 } from './provision.ts';

/** Tests in which k6 itself takes part. */
const TESTS = ['tests/k6/run-k6.test.ts', 'tests/contracts/parity.test.ts', 'tests/e2e/verdicts.test.ts'];

// npm run test:k6-matrix: the tests in which k6 takes part, on the oldest and the default k6.
const io = processIo();
for (const pin of [OLDEST, PINNED]) {
  const k6 = await provideK6(io, pin);
  io.err(`k6 ${k6.version} (${relative(PACKAGE_ROOT, k6.path)})\n`);
  const tests = await execa('vitest', ['run', ...TESTS], {
    cwd: PACKAGE_ROOT,
    env: { K6_BIN: k6.path },
    preferLocal: true,
    localDir: PACKAGE_ROOT,
    stdio: 'inherit',
    reject: false,
  });
  if (tests.exitCode !== 0) process.exitCode = 1;
}
