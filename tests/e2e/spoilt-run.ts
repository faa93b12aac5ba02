import { join } from 'node:path';
import type { Settled } from '../../contracts/generated/ledger.ts';
import type { ReferenceServer } from '../../scripts/reference-server/index.ts';
import { front, type Spoil } from './front.ts';
import { environmentFor, fini, ledgerOf, SHORT, scratch, sentOf, settledOf, writeConfig } from './support.ts';

const CALM = { thinkTime: { law: 'constant', mean: '50ms' }, drain: '20s', timeout: '20s', gates: SHORT };

/** Enough turns for each kind of answer, and no breaker that ends them. */
export const MANY = ['load', '--rate', '10', '--duration', '3s'];
export const PATIENT = { breaker: { failing: 1_000, rateLimited: 1_000 } };

/** Where an answer has room for more. */
export const ATTACHMENTS = '"attachments":[]';

/** A run against a service whose answers to turns are spoilt on their way. */
export async function spoiltRun(
  service: ReferenceServer,
  spoil: Spoil,
  { args = ['smoke'], config = {} }: { args?: string[]; config?: object } = {},
) {
  const cwd = scratch();
  const reference = await front(service, spoil);
  const path = writeConfig(cwd, { ...CALM, ...config });
  const out = join(cwd, 'run');
  const flags = ['--config', path, '--out', out, '--quiet', '--no-build'];
  const { exitCode, stderr, stdout } = await fini(['run', ...args, ...flags], {
    env: environmentFor(reference),
    cwd,
  });
  const ledger = ledgerOf(out);
  const longest = Math.max(...ledger.map((line) => JSON.stringify(line).length));
  return {
    exitCode,
    out,
    ledger,
    longest,
    said: `${stdout}${stderr}`,
    settled: settledOf(ledger),
    sent: sentOf(ledger),
  };
}

/** The rules that answers broke, and how often each. */
export function rulesOf(settled: readonly Settled[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule } of settled.flatMap(({ violations }) => violations)) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}
