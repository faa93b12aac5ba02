import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Io } from '../../foundation/io.ts';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';
import { processIo } from '../../process-io.ts';
import { type ReferenceServerOptions, startReferenceServer } from '../../reference-server/index.ts';
import { provideSchemathesis } from './provide.ts';

const MAX_EXAMPLES = '200';

/** As documented; and with made-up agents accepted, so that made-up turns are answered. */
const SERVERS: readonly ReferenceServerOptions[] = [{}, { drifts: { M103: 1 } }];

/** Requests made up from contracts/openapi.yaml; whether every answer was as that file says. */
async function holds(schemathesis: string, options: ReferenceServerOptions, io: Io): Promise<boolean> {
  const server = await startReferenceServer(options);
  const target = ['--url', server.url, '--header', `Authorization: Bearer ${server.keys.readWrite}`];
  const amount = ['--max-examples', MAX_EXAMPLES, '--generation-deterministic'];
  const config = join(PACKAGE_ROOT, 'tools/schemathesis/schemathesis.toml');
  // It leaves files in the folder where it runs.
  const folder = await mkdtemp(join(tmpdir(), 'schemathesis-'));
  const { exitCode } = await execa(
    schemathesis,
    ['--config-file', config, 'run', join(PACKAGE_ROOT, 'contracts/openapi.yaml'), ...target, ...amount],
    { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], reject: false, cancelSignal: io.signal },
  );
  const { internalErrors, requests } = server.truth();
  await Promise.all([server.close(0), rm(folder, { recursive: true })]);
  io.err(`Answers by route and status: ${JSON.stringify(requests)}; internal errors: ${internalErrors}\n`);
  return exitCode === 0 && internalErrors === 0;
}

// npm run test:schemathesis
const io = processIo();
const schemathesis = await provideSchemathesis(io);
if (schemathesis === undefined) {
  io.err('Skipped: Schemathesis needs Python 3.10 or later with venv and pip, and there is none.\n');
} else {
  for (const options of SERVERS) if (!(await holds(schemathesis, options, io))) process.exitCode = 1;
}
