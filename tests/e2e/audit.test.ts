import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Audit, Finding } from '../../contracts/generated/audit.ts';
import type { Plan } from '../../contracts/generated/plan.ts';
import { expectationOf } from '../../scripts/audit/expectation.ts';
import { validatorOf } from '../../scripts/foundation/schema/validator.ts';
import { main } from '../../scripts/main.ts';
import type { ReferenceServer, ReferenceServerOptions } from '../../scripts/reference-server/index.ts';
import { recordedIo } from '../io.ts';
import {
  environmentFor,
  fini,
  LENIENT,
  ledgerOf,
  resultOf,
  scratch,
  sentOf,
  server,
  settledOf,
  writeConfig,
} from './support.ts';

/** `npm run test:audit` proves the same on a run that is long enough for rare faults. */
const FULL = process.env.FINI_HARNESS_LONG === '1';
const LOAD = FULL ? ['--rate', '40', '--duration', '60s'] : ['--rate', '50', '--duration', '4s'];
const RATES = FULL ? { lost: 0.01, twice: 0.01, swapped: 0.002 } : { lost: 0.02, twice: 0.02, swapped: 0.01 };

const auditOf = (out: string): Audit => JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as Audit;
const planOf = (out: string): Plan => JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as Plan;
const users = (rate: number) => ({ rate, roles: ['user' as const] });
const sorted = (items: Iterable<string | undefined>): (string | undefined)[] => [...items].sort();

interface Ran {
  readonly reference: ReferenceServer;
  readonly out: string;
  /** Runs a command on the folder of the run. */
  readonly on: (command: string, ...flags: string[]) => Promise<{ exitCode: number; text: string }>;
}

/** A run in real k6 against a server with these options. */
async function ran(options: ReferenceServerOptions, config: object, load: readonly string[] = LOAD): Promise<Ran> {
  const cwd = scratch();
  const reference = await server({ service: { law: 'log-normal', meanMs: 60, cv: 0.5 }, ...options });
  const out = join(cwd, 'run');
  const path = writeConfig(cwd, {
    thinkTime: { law: 'constant', mean: '100ms' },
    drain: '20s',
    timeout: '20s',
    breaker: { failing: 1_000 },
    gates: LENIENT,
    ...config,
  });
  const env = environmentFor(reference);
  const done = await fini(['run', 'load', ...load, '--config', path, '--out', out, '--quiet'], { env, cwd });
  expect(done.exitCode, String(done.stderr)).toBe(0);
  const on = async (command: string, ...flags: string[]) => {
    const io = recordedIo({ env, cwd });
    const exitCode = await main([command, out, ...flags], io);
    return { exitCode, text: Object.values(io.said()).join('\n') };
  };
  return { reference, out, on };
}

describe('an audit of a service that loses, repeats and swaps', () => {
  let run: Ran;
  let audit: Audit;
  const found = (kind: Finding['kind']): Finding[] => audit.findings.filter((finding) => finding.kind === kind);
  const changed = (id: string) => run.reference.turns().filter(({ operators }) => operators.includes(id));

  beforeAll(async () => {
    const drifts = {
      'event-lost': users(RATES.lost),
      'event-stored-twice': users(RATES.twice),
      'answers-swapped': users(RATES.swapped),
    };
    run = await ran({ drifts }, { continuation: { strategy: 'pool' } });
    const { exitCode, text } = await run.on('audit', '--visible-within', '500ms');
    expect(exitCode, text).toBe(4);
    audit = auditOf(run.out);
  }, 400_000);

  it('writes what its schema allows', () => {
    const validate = validatorOf('audit');
    expect(validate(audit), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  it('finds every event that was answered and is not stored', () => {
    const stored = new Set(run.reference.turns().flatMap(({ eventIds }) => eventIds));
    const answered = settledOf(ledgerOf(run.out)).flatMap(({ events }) => events.map(({ id }) => id));
    const lost = answered.filter((id) => !stored.has(id));
    expect(lost.length).toBeGreaterThan(0);
    expect(sorted(found('lost').map(({ eventId }) => eventId))).toEqual(sorted(lost));
  });

  it('finds every event that is stored twice', () => {
    const answered = new Set(settledOf(ledgerOf(run.out)).flatMap(({ events }) => events.map(({ id }) => id)));
    const copies = changed('event-stored-twice').flatMap(({ eventIds }) => eventIds.filter((id) => !answered.has(id)));
    expect(copies.length).toBeGreaterThan(0);
    expect(sorted(found('duplicated').map(({ eventId }) => eventId))).toEqual(sorted(copies));
  });

  it('finds every swapped answer, and names the turns of both', () => {
    const { contentHash } = expectationOf(planOf(run.out));
    const turns = new Map(
      sentOf(ledgerOf(run.out)).map(({ conversation, turn }) => [
        contentHash(conversation, turn),
        `${conversation}/${turn}`,
      ]),
    );
    const swapped = changed('answers-swapped').map((turn) => turns.get(turn.contentHash ?? ''));
    const crossed = found('cross-talk');
    expect(swapped.length).toBeGreaterThan(0);
    expect(sorted(crossed.map(({ turn }) => `${turn?.conversation}/${turn?.turn}`))).toEqual(sorted(swapped));
    // Each got another's, and each one's was got by another; a swapped answer may be swapped on.
    expect(sorted(crossed.map(({ other }) => `${other?.conversation}/${other?.turn}`))).toEqual(sorted(swapped));
  });

  it('finds nothing else', () => {
    expect(new Set(audit.findings.map(({ kind }) => kind))).toEqual(new Set(['lost', 'duplicated', 'cross-talk']));
  });

  it('is in the reports that are made afterwards, and decides the exit code', async () => {
    const { exitCode, text } = await run.on('report');
    expect(exitCode, text).toBe(4);
    expect(resultOf(run.out)).toMatchObject({ exitCode: 4, verdict: 'fail' });
    expect(readFileSync(join(run.out, 'report.html'), 'utf8')).toContain('id="audit"');
    expect(readFileSync(join(run.out, 'report.md'), 'utf8')).toContain('### Audit: Fail');
    expect(readFileSync(join(run.out, 'junit.xml'), 'utf8')).toContain('duplicated: stored more often than sent');
  });

  it('checks a seeded sample, too', async () => {
    const { exitCode, text } = await run.on('audit', '--sample', '20', '--visible-within', '500ms', '--json');
    const sample = auditOf(run.out);
    expect(sample).toMatchObject({ sample: 20, counts: { selected: 20, read: 20, unread: 0 } });
    const whole = new Set(audit.findings.map((finding) => JSON.stringify(finding)));
    for (const finding of sample.findings) expect(whole).toContain(JSON.stringify(finding));
    // All that this service does wrong fails an audit; chance decides whether the sample holds any of it.
    expect(exitCode, text).toBe(sample.findings.length === 0 ? 0 : 4);
    expect(sample.verdict).toBe(sample.findings.length === 0 ? 'pass' : 'fail');
  });
});

describe('turns without an answer', () => {
  it('are told apart: stored or not, and stored twice by a retry', async () => {
    const faults = { 'reset-after': users(0.05), 'reset-before': users(0.05), 'status-500-stored': users(0.1) };
    const config = { continuation: { strategy: 'single' }, retryOnce: true };
    const { reference, out, on } = await ran({ faults }, config, ['--rate', '40', '--duration', '3s']);
    const { exitCode, text } = await on('audit', '--visible-within', '500ms');
    expect(exitCode, text).toBe(0);
    const { unanswered, retries, findings } = auditOf(out);

    const settled = settledOf(ledgerOf(out));
    const stored = (id: string, butNot?: string): number =>
      reference.turns().filter(({ operators, eventIds }) => {
        return operators.includes(id) && !operators.includes(butNot ?? '') && eventIds.length > 0;
      }).length;
    const row = (what: string, code?: number) =>
      unanswered.find((one) => one.what === what && one.status === code)?.stored;
    expect(row('lost')).toMatchObject({
      k: stored('reset-after'),
      n: settled.filter(({ outcome }) => outcome === 'lost').length,
    });
    expect(row('error-status', 500)).toMatchObject({
      k: stored('status-500-stored', 'reset-after'),
      n: settled.filter(({ status }) => status === 500).length,
    });
    const times = new Map<string | null, number>();
    for (const { contentHash, eventIds } of reference.turns()) {
      if (eventIds.length > 0) times.set(contentHash, (times.get(contentHash) ?? 0) + 1);
    }
    expect(retries.storedTwice).toMatchObject({
      k: [...times.values()].filter((count) => count > 1).length,
      n: settled.filter(({ attempt }) => attempt > 0).length,
    });
    expect(retries.storedTwice.k).toBeGreaterThan(0);
    expect(new Set(findings.map((finding) => finding.class))).toEqual(new Set(['notice']));
  });
});

describe('a faithful service', () => {
  const short = ['--rate', '20', '--duration', '3s'];

  it('has nothing to find, and is cleaned up', async () => {
    const { reference, out, on } = await ran({}, {}, short);
    const audited = await on('audit', '--visible-within', '500ms');
    expect(audited.exitCode, audited.text).toBe(0);
    expect(auditOf(out)).toMatchObject({ verdict: 'pass', findings: [], counts: { unread: 0 } });

    // Somebody else talks to the same agent at the same time.
    const { url, botId, keys } = reference;
    await fetch(`${url}/v2/hc-interactions/events/public`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.readWrite}`, 'content-type': 'application/json' },
      body: JSON.stringify({ botId, content: 'Where is my order?' }),
    });
    const mine = ledgerOf(out).filter(({ kind }) => kind === 'conversation').length;
    const before = await listed(reference);
    const dry = await on('cleanup', '--dry-run');
    expect(dry).toMatchObject({ exitCode: 0, text: expect.stringContaining(`${mine} conversations would be removed`) });
    expect(await listed(reference)).toEqual(before);

    const done = await on('cleanup');
    expect(done).toMatchObject({ exitCode: 0, text: expect.stringContaining(`${mine} conversations removed`) });
    expect(before).toHaveLength(mine + 1);
    expect(await listed(reference)).toHaveLength(1);

    const again = await on('cleanup');
    expect(again).toMatchObject({ exitCode: 0, text: expect.stringContaining('0 conversations removed') });
    expect((await on('audit')).exitCode).toBe(6);
  });

  it('whose deletions go wrong is told so, until all is removed', async () => {
    const { reference, out, on } = await ran({}, { continuation: { strategy: 'single' } }, short);
    const audited = await on('audit', '--visible-within', '500ms');
    expect(audited.exitCode, audited.text).toBe(0);
    const all = await listed(reference);
    const refusing = (id: string) => ({ faults: { [id]: { rate: 1, routes: ['delete-conversations' as const] } } });

    reference.configure({ drifts: { 'deleted-kept': 1 } });
    const kept = await on('cleanup');
    expect(kept).toMatchObject({ exitCode: 4, text: expect.stringContaining(`Could not be removed: ${all.length}`) });
    reference.configure({ drifts: null, ...refusing('status-403') });
    expect(await on('cleanup')).toMatchObject({ exitCode: 8 });
    expect(await listed(reference)).toEqual(all);
    reference.configure(refusing('status-500'));
    const singly = await on('cleanup');
    expect(singly.exitCode, singly.text).toBe(0);
    expect(await listed(reference)).toEqual([]);
    expect(JSON.parse(readFileSync(join(out, 'cleanup.json'), 'utf8'))).toMatchObject({ left: [] });
  });
});

/** Ids of all conversations of the main workspace. */
async function listed({ url, keys }: ReferenceServer): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = ''; ; ) {
    const answer = await fetch(`${url}/v2/hc-interactions/public?limit=100${cursor}`, {
      headers: { authorization: `Bearer ${keys.readWrite}` },
    });
    const page = (await answer.json()) as { interactions: { id: string }[]; nextCursor: string | null };
    ids.push(...page.interactions.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
    cursor = `&cursor=${page.nextCursor}`;
  }
}
