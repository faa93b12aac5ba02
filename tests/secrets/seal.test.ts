import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entry } from '../../scripts/commands/command-entry.ts';
import { usageError } from '../../scripts/foundation/errors.ts';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import type { Io } from '../../scripts/foundation/io.ts';
import { main } from '../../scripts/main.ts';
import { scratch } from '../cli/scratch.ts';
import { recordedIo } from '../io.ts';

const KEY = 'fini_canary0123456789';

/** Runs a command that does this. */
async function doing(work: (io: Io, write: (file: string, text: string) => void) => number) {
  const cwd = scratch();
  const io = recordedIo({ env: { FINI_API_KEY: KEY }, cwd });
  const write = (file: string, text: string): void => {
    mkdirSync(join(cwd, file, '..'), { recursive: true });
    writeFileSync(join(cwd, file), text);
  };
  const command = entry('do', 'do', { flags: {}, examples: [] }, async () => async (_, given) => work(given, write));
  const exitCode = await main(['do'], io, [command]);
  return { exitCode, cwd, err: io.said().err };
}

describe('the end of a command', () => {
  it('leaves clean results, and the exit code', async () => {
    const { exitCode, cwd, err } = await doing((io, write) => {
      write('run/turns.ndjson', '{"kind":"sent"}\n');
      io.guard.watch(join(io.cwd, 'run'));
      io.guard.watch(join(io.cwd, 'never-written'));
      return EXIT.gateFailed;
    });
    expect({ exitCode, err }).toEqual({ exitCode: EXIT.gateFailed, err: '' });
    expect(existsSync(join(cwd, 'run/turns.ndjson'))).toBe(true);
  });

  it.each([
    ['in order', (): number => EXIT.pass],
    [
      'with an error',
      (): number => {
        throw usageError('wrong');
      },
    ],
    [
      'with a fault',
      (): number => {
        throw new Error('broken');
      },
    ],
  ])('brings a leak into quarantine where it ends %s', async (_, end) => {
    const { exitCode, cwd, err } = await doing((io, write) => {
      write('run/rungs/1/k6.json', `{"problem":"${KEY}"}\n`);
      write('run.quarantined/of-before', '');
      io.guard.watch(join(io.cwd, 'run', 'rungs', '1'));
      io.guard.watch(join(io.cwd, 'run'));
      return end();
    });
    expect(exitCode).toBe(EXIT.leaked);
    expect(err).toContain('run/rungs/1/k6.json:1: FINI_API_KEY, plain');
    expect(err).toContain('run.quarantined-2');
    expect(err).not.toContain('canary');
    expect(existsSync(join(cwd, 'run'))).toBe(false);
    const note: unknown = JSON.parse(readFileSync(join(cwd, 'run.quarantined-2', 'quarantine.json'), 'utf8'));
    expect(note).toMatchObject({ leaks: [{ file: 'rungs/1/k6.json', line: 1 }, expect.anything()] });
  });

  it('moves a file outside of the results, and leaves what does not leak', async () => {
    const { exitCode, cwd } = await doing((io, write) => {
      write('run/turns.ndjson', '{}\n');
      write('samples.json', `{"tag":"${Buffer.from(KEY).toString('base64')}"}`);
      for (const path of ['run', 'samples.json']) io.guard.watch(join(io.cwd, path));
      return EXIT.pass;
    });
    expect(exitCode).toBe(EXIT.leaked);
    expect(['run', 'samples.json', 'samples.json.quarantined'].map((path) => existsSync(join(cwd, path)))).toEqual([
      true,
      false,
      true,
    ]);
  });
});
