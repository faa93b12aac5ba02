import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import type { ReferenceServer } from '../../scripts/reference-server/index.ts';
import { environmentFor, fini, server as reference, resultOf, scratch } from '../e2e/support.ts';
import { echoing, listening } from './echo.ts';

/** Of a certificate that nobody trusts, good for a hundred years. */
const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', `loopback.${name}.pem`);
const cwd = scratch();
let service: ReferenceServer;
let url: string;

beforeAll(async () => {
  service = await reference();
});

/** Runs a smoke test over TLS. */
async function smoke(flags: readonly string[], more: Record<string, string> = {}) {
  const keys = { cert: readFileSync(fixture('cert')), key: readFileSync(fixture('key')) };
  url = await listening(
    createServer(
      keys,
      echoing(service.url, () => ''),
    ),
    'https',
  );
  const env = { ...environmentFor(service), FINI_BASE_URL: url, ...more };
  return fini(['run', 'smoke', '--no-build', '--conversations', '1', ...flags], { env, cwd });
}

/** What would switch the verification off without a word. */
const SILENT = { NODE_TLS_REJECT_UNAUTHORIZED: '0', K6_INSECURE_SKIP_TLS_VERIFY: 'true' };

describe('a certificate that nobody trusts', () => {
  it('is refused, whatever the environment says', async () => {
    const { exitCode, stderr } = await smoke([], SILENT);
    expect(exitCode).toBe(EXIT.unreachable);
    expect(stderr).toMatch(/self-signed certificate/);
    expect(stderr).toMatch(/NODE_TLS_REJECT_UNAUTHORIZED has no effect.*--insecure-skip-tls-verify/);
  });

  it('is refused by k6 as well', async () => {
    // Node trusts it here, so that the run begins.
    const { exitCode } = await smoke(['--out', 'k6'], { ...SILENT, NODE_EXTRA_CA_CERTS: fixture('cert') });
    expect(exitCode).toBe(EXIT.unreachable);
    expect(resultOf(join(cwd, 'k6')).counts.answered).toBe(0);
  });

  it('is taken by a flag that every report shows', async () => {
    const { exitCode, stdout, stderr } = await smoke(['--insecure-skip-tls-verify', '--audit', '--out', 'insecure']);
    expect(exitCode, stderr).toBe(EXIT.contractViolated);
    const result = resultOf(join(cwd, 'insecure'));
    expect(result.counts.answered).toBeGreaterThan(0);
    expect(result.target.insecureTls).toBe(true);
    expect(result.problems.map(({ code }) => code)).toContain('tls-not-verified');
    const report = (name: string): string => readFileSync(join(cwd, 'insecure', name), 'utf8');
    for (const text of [stdout, report('report.html'), report('report.md')])
      expect(text).toMatch(/certificate not verified/);
    expect(report('junit.xml')).toContain('--insecure-skip-tls-verify');
  });
});
