import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import type { Result } from '../../contracts/generated/result.ts';
import { validatorOf } from '../../scripts/foundation/schema/validator.ts';
import { runFolder } from '../../scripts/ledger/run-folder.ts';
import {
  BUSY,
  environmentFor,
  fini,
  ledgerOf,
  resultOf,
  scratch,
  sentOf,
  server,
  settledOf,
  writeConfig,
} from './support.ts';

/** The whole way on a faithful service: what the harness says must be what the server saw. */
describe('a run against a faithful service', async () => {
  const cwd = scratch();
  const reference = await server({ service: { law: 'log-normal', meanMs: 150, cv: 0.5 } });
  const out = join(cwd, 'run');
  let lines: LedgerLine[];
  let result: Result;

  beforeAll(async () => {
    const config = writeConfig(cwd, {
      thinkTime: { law: 'exponential', mean: '300ms' },
      drain: '20s',
      timeout: '15s',
      gates: [
        { metric: 'errors.share', op: '<=', limit: 0 },
        { metric: 'violations.count', op: '==', limit: 0 },
        { metric: 'latency.p99', op: '<', limit: 15_000 },
        BUSY,
      ],
    });
    const args = ['run', 'load', '--rate', '20', '--duration', '8s', '--config', config, '--out', out, '--quiet'];
    const { exitCode, stderr } = await fini(args, { env: environmentFor(reference), cwd });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    lines = ledgerOf(out);
    result = resultOf(out);
  });

  it('passes, complete and valid', () => {
    expect(result).toMatchObject({ verdict: 'pass', exitCode: 0, complete: true, generator: { valid: true } });
    expect(result.counts.measured).toBeGreaterThan(299);
  });

  it('leaves every file that the documentation names', () => {
    // Texts are kept only where --keep-texts asks for them.
    const { path: _path, texts: _texts, ...files } = runFolder(out);
    expect(Object.values(files).filter((file) => !existsSync(file))).toEqual([]);
  });

  it('writes a ledger and a result that their schemas allow', () => {
    const validLine = validatorOf('ledger');
    expect(lines.filter((line) => !validLine(line))).toEqual([]);
    expect(validatorOf('result')(result)).toBe(true);
  });

  it('sent exactly what the server received, and settled all of it', () => {
    const sent = sentOf(lines);
    expect(sent).toHaveLength(reference.truth().turns.received);
    expect(settledOf(lines)).toHaveLength(sent.length);
    expect(result.counts).toMatchObject({ sent: sent.length, answered: sent.length, cut: 0, timedOut: 0, lost: 0 });
  });

  it('knows every event that the server stored', () => {
    const known = settledOf(lines).flatMap(({ events }) => events.map(({ id }) => id));
    const stored = reference.turns().flatMap(({ eventIds }) => eventIds);
    expect(known.sort()).toEqual(stored.sort());
  });

  it('continues conversations in the conversation that the server keeps', () => {
    const byFirstEvent = new Map(reference.turns().map((turn) => [turn.eventIds[0], turn.interactionId]));
    const settled = new Map(settledOf(lines).map((line) => [`${line.conversation}.${line.turn}`, line]));
    const continued = sentOf(lines).filter(({ turn }) => turn > 0);
    expect(continued.length).toBeGreaterThan(50);
    for (const { conversation, interactionId } of continued) {
      expect(byFirstEvent.get(settled.get(`${conversation}.0`)?.events[0]?.id)).toBe(interactionId);
    }
  });

  it('asks for conversations by far less often than it holds them', () => {
    const [listing] = result.requests.filter(({ operation }) => operation === 'list-conversations');
    expect(listing?.failed).toBe(0);
    expect(listing?.count).toBeLessThan(1.1 * (result.counts.conversations.started ?? 0));
  });

  it('never writes the key or an e-mail address', () => {
    const text = JSON.stringify(lines);
    expect(text).not.toContain(reference.keys.readWrite);
    expect(text).not.toContain('@example.com');
  });
});
