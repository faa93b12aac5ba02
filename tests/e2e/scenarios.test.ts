import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readProfiles } from '../../scripts/run/plan/profiles.ts';
import {
  environmentFor,
  fini,
  ledgerOf,
  resultOf,
  SHORT,
  scratch,
  sentOf,
  server,
  settledOf,
  writeConfig,
} from './support.ts';

const GATES = [
  { metric: 'errors.share', op: '<=', limit: 0 },
  { metric: 'violations.count', op: '==', limit: 0 },
  ...SHORT,
];
const CALM = { thinkTime: { law: 'constant', mean: '50ms' }, drain: '4s', timeout: '3s', gates: GATES };
const OPEN = ['--rate', '8', '--duration', '3s'];

// Everything that k6 runs, on whatever k6 K6_BIN names: part of `npm run test:k6-matrix`.
const isAsked = process.env.FINI_HARNESS_MATRIX === '1';
const reference = isAsked ? await server({ service: { law: 'constant', meanMs: 20 } }) : undefined;

it.runIf(isAsked).for([
  // Those that were configured or learnt have no load of their own.
  ...Object.entries(isAsked ? readProfiles('.') : {})
    .filter(([, { isConfigured, isLearnt }]) => !isConfigured && !isLearnt)
    .map(([name]) => [name, name === 'smoke' ? [] : OPEN] as const),
  ['load', ['--concurrency', '5', '--duration', '3s']] as const,
])('%s %j', async ([scenario, load]) => {
  if (reference === undefined) return;
  const cwd = scratch();
  const config = writeConfig(cwd, CALM);
  const out = join(cwd, 'run');
  const before = reference.truth().turns.received;
  const ended = await fini(['run', scenario, ...load, '--config', config, '--out', out, '--quiet'], {
    env: environmentFor(reference),
    cwd,
  });
  expect(ended.exitCode, `${ended.stdout}${ended.stderr}`).toBe(0);
  const lines = ledgerOf(out);
  expect(sentOf(lines)).toHaveLength(reference.truth().turns.received - before);
  expect(settledOf(lines)).toHaveLength(sentOf(lines).length);
  expect(resultOf(out)).toMatchObject({ complete: true, verdict: 'pass' });
});

it.runIf(isAsked)('drift', async () => {
  const cwd = scratch();
  const out = join(cwd, 'drift');
  const ended = await fini(['drift', '--budget', 'smoke', '--embedded', '--out', out], { cwd });
  expect(ended.exitCode, `${ended.stdout}${ended.stderr}`).toBe(0);
  expect(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))).toMatchObject({ verdict: 'pass', findings: [] });
});

it.runIf(isAsked)('the rungs of a capacity search', async () => {
  const cwd = scratch();
  const config = writeConfig(cwd, { timeout: '2s', embedded: { service: { law: 'constant', meanMs: 60 } } });
  const flags = ['--slo', 'p95<40ms', '--config', config, '--embedded', '--out', join(cwd, 'search')];
  const ended = await fini(['capacity', ...flags], { cwd });
  expect(ended.exitCode, `${ended.stdout}${ended.stderr}`).toBe(3);
  const result = JSON.parse(readFileSync(join(cwd, 'search', 'result.json'), 'utf8')) as unknown;
  expect(result).toMatchObject({ capacity: { boundary: 'infeasible', requests: 24 } });
});
