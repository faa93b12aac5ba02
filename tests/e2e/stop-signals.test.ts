import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findK6 } from '../../scripts/k6/provision.ts';
import { processIo } from '../../scripts/process-io.ts';
import { environmentFor, fini, scratch, server, until, writeConfig } from './support.ts';

interface Case {
  readonly signal: 'SIGHUP' | 'SIGQUIT';
  readonly args: readonly string[];
  /** Reports that are there in the end. */
  readonly reports: readonly string[];
}

const LOAD = ['--rate', '20', '--duration', '60s'];

/** A closed terminal sends SIGHUP, often twice; Ctrl-\ sends SIGQUIT. Both end a command as SIGTERM does. */
it.runIf(process.platform === 'linux').for<Case>([
  { signal: 'SIGHUP', args: ['run', 'load', ...LOAD], reports: ['result.json', 'report.html', 'junit.xml'] },
  { signal: 'SIGQUIT', args: ['run', 'load', ...LOAD], reports: ['result.json', 'report.html', 'junit.xml'] },
  { signal: 'SIGHUP', args: ['drift', '--budget', 'standard'], reports: ['result.json', 'report.md'] },
  { signal: 'SIGHUP', args: ['capacity', '--slo', 'p95<2s', '--budget', '400'], reports: ['result.json'] },
  { signal: 'SIGHUP', args: ['compare', '--interleave', '2', ...LOAD, 'one.json', 'two.json'], reports: [] },
])('$signal to $args.0 ends it in order', async ({ signal, args, reports }) => {
  const { path: K6_BIN } = await findK6(processIo());
  const reference = await server({ service: { law: 'constant', meanMs: 300 } });
  const cwd = scratch();
  const [temporary, cache] = [join(cwd, 'tmp'), join(cwd, 'cache')];
  mkdirSync(temporary);
  for (const name of ['one', 'two']) {
    mkdirSync(join(cwd, name));
    const path = writeConfig(join(cwd, name), { botId: reference.botId });
    expect(existsSync(path)).toBe(true);
  }
  const env = { ...environmentFor(reference), K6_BIN, TMPDIR: temporary, FINI_HARNESS_CACHE: cache };
  const named = args.map((arg) => arg.replace(/^(one|two)\.json$/, '$1/fini-harness.config.json'));
  const running = fini(
    [...named, '--out', 'out', ...(/^(run|compare)$/.test(named[0] ?? '') ? ['--quiet'] : []), '--no-build'],
    { env, cwd },
  );
  await until(() => reference.truth().turns.received >= 3, 'the server has received three turns');
  expect(readdirSync(temporary).filter((name) => name.startsWith('fini-harness-'))).not.toEqual([]);
  running.kill(signal);
  if (signal === 'SIGHUP') running.kill(signal);
  const ended = await running;
  expect(ended.exitCode, `${ended.stdout}${ended.stderr}`).toBe(130);
  expect(reports.filter((name) => !existsSync(join(cwd, 'out', name)))).toEqual([]);
  expect(readdirSync(temporary).filter((name) => name.startsWith('fini-harness-'))).toEqual([]);
  const locks = existsSync(join(cache, 'locks')) ? readdirSync(join(cache, 'locks'), { recursive: true }) : [];
  const held = locks.map(String).filter((name) => name !== 'salt' && name.includes('/'));
  expect(held.map((name) => readFileSync(join(cache, 'locks', name), 'utf8'))).toEqual([]);
});
