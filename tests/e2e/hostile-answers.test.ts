import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DriftResult } from '../../contracts/generated/findings.ts';
import type { ConversationEnd, Settled } from '../../contracts/generated/ledger.ts';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { front, type Spoil } from './front.ts';
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

const CALM = { thinkTime: { law: 'constant', mean: '50ms' }, drain: '20s', timeout: '20s', gates: SHORT };
const LONGEST_LINE = 100_000;
const SWITCHING = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n';
/** Enough turns for each kind of answer, and no breaker that ends them. */
const MANY = ['load', '--rate', '10', '--duration', '3s'];
const PATIENT = { breaker: { failing: 1_000, rateLimited: 1_000 } };

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const names = (count: number, turn: number) =>
  Array.from({ length: count }, (_, index) => {
    const first = (turn * count + index).toString(16).padStart(8, '0');
    return `,"customer_${first}-d5b9-4eee-ad08-5e2c7d9cb741":1`;
  }).join('');
const inEach =
  (part: string, by: string): Spoil =>
  ({ body }) => ({ body: body.split(part).join(by) });
const ATTACHMENTS = '"attachments":[]';

/** The rules that answers broke, and how often each. */
function rulesOf(settled: readonly Settled[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule } of settled.flatMap(({ violations }) => violations)) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}

describe('a service whose answers are not what a harness hopes for', async () => {
  const faithful = await server({ service: { law: 'constant', meanMs: 5 } });

  async function run(spoil: Spoil, { args = ['smoke'], config = {} }: { args?: string[]; config?: object } = {}) {
    const cwd = scratch();
    const reference = await front(faithful, spoil);
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

  it.each<{ what: string; spoil: Spoil; rules: readonly string[]; exitCode: number }>([
    {
      what: 'attachments nested 5,000 deep are legal',
      spoil: inEach(ATTACHMENTS, `"attachments":${nested(5_000, '[', ']')}`),
      rules: [],
      exitCode: EXIT.pass,
    },
    {
      what: 'an unknown property 8,000 objects deep is an addition',
      spoil: inEach(ATTACHMENTS, `${ATTACHMENTS},"extra":${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`),
      rules: ['response-property-added'],
      exitCode: EXIT.pass,
    },
    {
      what: '2,000 properties named after customers are one addition',
      spoil: ({ body }, turn) => ({ body: body.split(ATTACHMENTS).join(`${ATTACHMENTS}${names(2_000, turn)}`) }),
      rules: ['response-property-added'],
      exitCode: EXIT.pass,
    },
    {
      // k6 would need more stack than a process may have.
      what: 'ten megabytes of brackets are no answer',
      spoil: () => ({ body: nested(5_000_000, '[', ']') }),
      rules: ['body-not-json'],
      exitCode: EXIT.contractViolated,
    },
  ])('$what', async ({ spoil, rules, exitCode }) => {
    const { settled, sent, longest, out, ...ended } = await run(spoil);
    expect(ended.exitCode, ended.said).toBe(exitCode);
    expect(settled).toHaveLength(sent.length);
    expect(Object.keys(rulesOf(settled))).toEqual(rules);
    expect(longest).toBeLessThan(LONGEST_LINE);
    expect(resultOf(out).violations).toHaveLength(rules.length);
    expect(statSync(join(out, 'report.md')).size).toBeLessThan(20_000);
  });

  it('what is no HTTP settles as lost, for the reason that k6 gives', async () => {
    const answers: readonly (readonly [raw: string, reason: RegExp])[] = [
      [SWITCHING, /101 Switching/],
      ['hello there\r\n\r\n', /malformed HTTP status code "there"/],
      ['HTTP/1.1 200 OK\r\nno header\r\n\r\n', /missing colon: "no header"/],
      ['HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n', /bad Content-Length "abc"/],
      ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[]', /unexpected EOF/],
    ];
    const spoil: Spoil = (_answer, turn) => ({ raw: answers[turn % answers.length]?.[0] ?? '' });
    const { settled, sent, exitCode, said } = await run(spoil, { args: MANY, config: PATIENT });
    expect(exitCode, said).toBe(EXIT.gateFailed);
    expect(settled).toHaveLength(sent.length);
    for (const one of settled) expect(one).toMatchObject({ outcome: 'lost', status: 0, violations: [] });
    for (const [, reason] of answers) expect(settled.some(({ error = '' }) => reason.test(error))).toBe(true);
  });

  it('turns that k6 rejects open the breaker as any others that are lost', async () => {
    const config = { breaker: { failing: 3 } };
    const { ledger, sent } = await run(() => ({ raw: SWITCHING }), {
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
    const { settled, exitCode, said } = await run(spoil, { args: MANY, config: PATIENT });
    expect(exitCode, said).toBe(EXIT.gateFailed);
    expect(rulesOf(settled)).toEqual({});
    expect(settled.length).toBeGreaterThan(answers.length);
    for (const { outcome, error } of settled)
      expect({ outcome, error }).toEqual({ outcome: 'lost', error: expect.any(String) });
  });

  it('a coding that nobody knows breaks the contract in each answer, also in those that can be read', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'no-such-coding' };
    const { settled } = await run(() => ({ headers }), { args: [...MANY, '--rate', '60'], config: PATIENT });
    // The headers of the first 64 are looked at anyway.
    expect(settled.length).toBeGreaterThan(100);
    expect(rulesOf(settled)).toEqual({ 'content-encoding-broken': settled.length });
  });

  it('a legal coding in capitals is a notice: k6 cannot read it', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'GZIP' };
    const spoil: Spoil = ({ body }) => ({ headers, body: gzipSync(body).toString('latin1') });
    const { settled, exitCode } = await run(spoil);
    expect(Object.keys(rulesOf(settled))).toEqual(['content-encoding-unread']);
    expect(exitCode).not.toBe(EXIT.contractViolated);
  });

  /** No file of a run, and nothing that it says, holds the key. */
  function expectNoKey(out: string, said: string): void {
    const key = faithful.keys.readWrite;
    const files = readdirSync(out, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
    for (const { parentPath, name } of files) expect(readFileSync(join(parentPath, name), 'latin1')).not.toContain(key);
    expect(said).not.toContain(key);
  }

  it('the key of the sender is critical and hidden wherever it comes back in a body, or in place of an answer', async () => {
    const property = ({ body }: { body: string }, text: string) => ({
      body: body.split(ATTACHMENTS).join(`${ATTACHMENTS},${text}`),
    });
    const shows: readonly ((answer: { body: string }, key: string) => ReturnType<Spoil>)[] = [
      (answer, key) => property(answer, `"debug":"${key}"`),
      (answer, key) => property(answer, `"${key}":1`),
      (answer, key) => property(answer, `"auth":"${Buffer.from(`Bearer ${key}`).toString('base64')}"`),
      ({ body }, key) => {
        const events = JSON.parse(body) as { message: string }[];
        return { body: JSON.stringify(events.map((event) => ({ ...event, message: `\`${key}\`` }))) };
      },
      (_answer, key) => ({ status: 500, body: JSON.stringify({ statusCode: 500, message: [key], error: 'x' }) }),
      (_answer, key) => ({ status: 502, body: `<p>${key}</p>` }),
      (_answer, key) => ({ status: 429, body: key }),
      (_answer, key) => ({ raw: `HTTP/1.1 ${key} no\r\n\r\n` }),
    ];
    const spoil: Spoil = (answer, turn, key) => shows[turn % shows.length]?.(answer, key) ?? {};
    const { settled, exitCode, out, said } = await run(spoil, { args: MANY, config: PATIENT });
    expect(exitCode, said).toBe(EXIT.contractViolated);
    expect(rulesOf(settled)['api-key-exposed']).toBe(settled.length);
    const exposures = settled.flatMap(({ violations }) => violations.filter(({ rule }) => rule === 'api-key-exposed'));
    expect(new Set(exposures.map(({ template }) => template))).toEqual(
      new Set([
        '#/responses/200/body/*/debug',
        '#/responses/200/body/*',
        '#/responses/200/body/*/auth',
        '#/responses/200/body/*/message',
        '#/responses/500/body/message/*',
        '#/responses/502/body',
        '#/responses/429/body',
        '#/responses/0/answer',
      ]),
    );
    expectNoKey(out, said);
  });

  it('the key of the sender in a header is critical and hidden', async () => {
    const { settled, exitCode, out, said } = await run(({ headers }, _turn, key) => ({
      headers: { ...headers, 'x-debug': key },
    }));
    expect(exitCode, said).toBe(EXIT.contractViolated);
    expect(settled.flatMap(({ violations }) => violations.map(({ template }) => template))).toContain(
      '#/responses/200/headers/x-debug',
    );
    expectNoKey(out, said);
  });

  it('a drift check reports thousands of names and levels, which always come together, as one finding', async () => {
    const cwd = scratch();
    const deep = `${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`;
    const spoil: Spoil = ({ body }, turn) => ({
      body: body.split(ATTACHMENTS).join(`${ATTACHMENTS}${names(300, turn)},"tree":${deep}`),
    });
    const out = join(cwd, 'check');
    const args = ['drift', '--budget', 'smoke', '--out', out, '--json', '--no-build'];
    const { exitCode, stdout, stderr } = await fini(args, { env: environmentFor(await front(faithful, spoil)), cwd });
    expect(exitCode, String(stderr)).toBe(EXIT.pass);
    const { findings, problems } = JSON.parse(String(stdout)) as DriftResult;
    expect(problems).toEqual([]);
    expect(findings.map(({ template, related }) => [template, ...related.map((it) => it.template)])).toEqual([
      ['#/responses/200/body/*/customer_*', '#/responses/200/body/*/tree'],
    ]);
    expect(statSync(join(out, 'report.md')).size).toBeLessThan(20_000);
  });

  it('Retry-After beyond the end: slots of the closed model are withheld when the window ends', async () => {
    const args = ['load', '--concurrency', '2', '--duration', '3s'];
    const spoil: Spoil = () => ({ status: 429, headers: { 'retry-after': '3600' }, body: '' });
    const { ledger, exitCode, said } = await run(spoil, { args });
    expect(exitCode, said).toBe(EXIT.noEvidence);
    const ends = ledger.filter((line): line is ConversationEnd => line.kind === 'conversation');
    const [start] = ledger.filter((line) => line.kind === 'lane-start');
    const withheld = ends.filter(({ outcome }) => outcome === 'withheld');
    expect(withheld).toHaveLength(2);
    for (const { at } of withheld) expect(at).toBeGreaterThanOrEqual((start?.startAt ?? 0) + 3_000);
    expect(ledger.some(({ kind }) => kind === 'lane-end')).toBe(true);
  });

  it('a short Retry-After delays what begins, and is nobody’s lateness', async () => {
    const args = ['load', '--concurrency', '2', '--duration', '4s'];
    const spoil: Spoil = (answer, turn) =>
      turn === 2 ? { status: 429, headers: { 'retry-after': '1' }, body: '' } : answer;
    const { ledger, sent, settled } = await run(spoil, { args });
    expect(ledger.some((line) => line.kind === 'conversation' && line.outcome === 'withheld')).toBe(false);
    const [asked] = settled.filter(({ status }) => status === 429);
    const next = sent.filter(
      ({ lane, turn, sentAt }) => lane === asked?.lane && turn === 0 && sentAt > asked.settledAt,
    );
    expect(next.length).toBeGreaterThan(0);
    for (const { intendedAt } of next) expect(intendedAt).toBeGreaterThanOrEqual((asked?.settledAt ?? 0) + 1_000);
  });
});
