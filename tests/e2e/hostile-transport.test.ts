import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import type { Spoil } from './front.ts';
import { MANY, PATIENT, rulesOf, spoiltRun } from './spoilt-run.ts';
import { server } from './support.ts';

const SWITCHING = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n';

describe('a service whose answers cannot be read', async () => {
  const faithful = await server({ service: { law: 'constant', meanMs: 5 } });

  it('what is no HTTP settles as lost, for the reason that k6 gives', async () => {
    const answers: readonly (readonly [raw: string, reason: RegExp])[] = [
      [SWITCHING, /101 Switching/],
      ['hello there\r\n\r\n', /malformed HTTP status code "there"/],
      ['HTTP/1.1 200 OK\r\nno header\r\n\r\n', /missing colon: "no header"/],
      ['HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n', /bad Content-Length "abc"/],
      ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[]', /unexpected EOF/],
    ];
    const spoil: Spoil = (_answer, turn) => ({ raw: answers[turn % answers.length]?.[0] ?? '' });
    const { settled, sent, exitCode, said } = await spoiltRun(faithful, spoil, { args: MANY, config: PATIENT });
    expect(exitCode, said).toBe(EXIT.gateFailed);
    expect(settled).toHaveLength(sent.length);
    for (const one of settled) expect(one).toMatchObject({ outcome: 'lost', status: 0, violations: [] });
    for (const [, reason] of answers) expect(settled.some(({ error = '' }) => reason.test(error))).toBe(true);
  });

  it('turns that k6 rejects open the breaker as any others that are lost', async () => {
    const config = { breaker: { failing: 3 } };
    const { ledger, sent } = await spoiltRun(faithful, () => ({ raw: SWITCHING }), {
      config,
      args: ['load', '--rate', '10', '--duration', '3s'],
    });
    expect(ledger.some((line) => line.kind === 'breaker' && line.reason === 'failing')).toBe(true);
    expect(sent.length).toBeLessThan(20);
  });

  it('a body that is not in its coding breaks no contract, whatever its status: k6 gives none', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answers = [429, 503, 500].flatMap((status) =>
      ['', '{"statusCode":500}'].map((body) => ({ status, headers, body })),
    );
    const spoil: Spoil = (_answer, turn) => answers[turn % answers.length] ?? {};
    const { settled, exitCode, said } = await spoiltRun(faithful, spoil, { args: MANY, config: PATIENT });
    expect(exitCode, said).toBe(EXIT.gateFailed);
    expect(rulesOf(settled)).toEqual({});
    expect(settled.length).toBeGreaterThan(answers.length);
    for (const { outcome, error } of settled)
      expect({ outcome, error }).toEqual({ outcome: 'lost', error: expect.any(String) });
  });

  it('a coding that nobody knows breaks the contract in each answer, also in those that can be read', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'no-such-coding' };
    const { settled } = await spoiltRun(faithful, () => ({ headers }), {
      args: [...MANY, '--rate', '60'],
      config: PATIENT,
    });
    // The headers of the first 64 are looked at anyway.
    expect(settled.length).toBeGreaterThan(100);
    expect(rulesOf(settled)).toEqual({ 'content-encoding-broken': settled.length });
  });

  it('a legal coding in capitals is a notice: k6 cannot read it', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'GZIP' };
    const spoil: Spoil = ({ body }) => ({ headers, body: gzipSync(body).toString('latin1') });
    const { settled, exitCode } = await spoiltRun(faithful, spoil);
    expect(Object.keys(rulesOf(settled))).toEqual(['content-encoding-unread']);
    expect(exitCode).not.toBe(EXIT.contractViolated);
  });
});
