import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { CLI, environmentFor, resultOf, scratch, server, writeConfig } from './support.ts';

/** A limit to the size of files stands for a disk: the ledger meets it first, and the reports still fit. */
const LIMIT_KB = 160;

describe.runIf(process.platform === 'linux')('a ledger that cannot grow any more', async () => {
  const reference = await server({ service: { law: 'constant', meanMs: 20 } });

  it('ends the run at once, as no evidence, and all that was written is reported', async () => {
    const cwd = scratch();
    const out = join(cwd, 'run');
    const config = writeConfig(cwd, { thinkTime: { law: 'constant', mean: '50ms' }, timeout: '2s' });
    const run = [
      CLI,
      'run',
      'load',
      '--rate',
      '40',
      '--duration',
      '60s',
      '--config',
      config,
      '--out',
      out,
      '--quiet',
      '--no-build',
    ];
    const limited = ['-c', `ulimit -f ${LIMIT_KB} && exec "$@"`, 'bash', process.execPath, ...run];
    const { exitCode, stdout, stderr } = await execa('bash', limited, {
      cwd,
      env: environmentFor(reference),
      reject: false,
    });
    expect(exitCode, stderr).toBe(1);
    expect(stdout, stderr).toContain('he ledger could not be written');
    const { problems, counts, verdict, complete } = resultOf(out);
    expect({ verdict, complete }).toEqual({ verdict: 'no-evidence', complete: false });
    expect(problems).toContainEqual(expect.objectContaining({ code: 'ledger-unwritable' }));
    // The last line is torn.
    const lines = readFileSync(join(out, 'turns.ndjson'), 'utf8').split('\n').slice(0, -1);
    expect(counts.sent).toBe(lines.filter((line) => line.includes('"kind":"sent"')).length);
    expect(counts.sent).toBeLessThanOrEqual(reference.truth().turns.received);
  });
});
