import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConversationEnd, LedgerLine } from '../../contracts/generated/ledger.ts';
import type { ReferenceServer } from '../../scripts/reference-server/index.ts';
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

const CALM = {
  thinkTime: { law: 'constant', mean: '20ms' },
  drain: '10s',
  timeout: '10s',
  // Faults are part of these tests, and must not end them.
  breaker: { rateLimited: 1_000, failing: 1_000 },
  gates: LENIENT,
};

/** Runs `load` with a configuration; returns what its ledger holds. */
async function lines(reference: ReferenceServer, config: object, flags: readonly string[] = []): Promise<LedgerLine[]> {
  const { out } = await attempt(reference, config, flags);
  return ledgerOf(out);
}

async function attempt(reference: ReferenceServer, config: object, flags: readonly string[] = []) {
  const cwd = scratch();
  const out = join(cwd, 'run');
  const path = writeConfig(cwd, { ...CALM, ...config });
  const args = ['run', 'load', '--rate', '15', '--duration', '3s', '--config', path, '--out', out, '--quiet', ...flags];
  const ended = await fini(args, { env: environmentFor(reference), cwd });
  expect([0, 3, 4, 6], String(ended.stderr)).toContain(ended.exitCode);
  return { out, exitCode: ended.exitCode };
}

const endsOf = (ledger: readonly LedgerLine[]): ConversationEnd[] =>
  ledger.filter((line): line is ConversationEnd => line.kind === 'conversation');

const keyOf = ({ conversation, turn, attempt }: { conversation: number; turn: number; attempt: number }): string =>
  `${conversation}.${turn}.${attempt}`;

describe('continuation, with faults on', () => {
  const FAULTS = { 'status-500': 0.03, 'reset-after': 0.02, 'half-body': 0.02, 'content-type-missing': 0.02 };

  it.each(['discover', 'pool', 'single', 'fixed'] as const)('%s', async (strategy) => {
    const reference = await server({ faults: FAULTS });
    const ids = join(scratch(), 'ids.txt');
    if (strategy === 'fixed') writeFileSync(ids, (await conversationsOf(reference, 8)).join('\n'));
    const before = reference.truth().turns.received;
    const ledger = await lines(reference, { continuation: { strategy, ...(strategy === 'fixed' ? { ids } : {}) } });
    const sent = sentOf(ledger);
    const prepared = ledger.filter((line) => line.kind === 'request' && line.operation === 'prepare-conversation');
    expect(reference.truth().turns.received - before).toBe(sent.length + prepared.length);
    expect(sent.length).toBeGreaterThan(30);

    const kept = new Map(reference.turns().flatMap((turn) => turn.eventIds.map((id) => [id, turn.interactionId])));
    const settled = new Map(settledOf(ledger).map((line) => [keyOf(line), line]));
    for (const turn of sent.filter(({ interactionId }) => interactionId !== undefined)) {
      const [event] = settled.get(keyOf(turn))?.events ?? [];
      if (event !== undefined) expect(kept.get(event.id)).toBe(turn.interactionId);
    }
    const starts = sent.filter(({ turn }) => turn === 0);
    expect(
      starts.every(({ interactionId }) => (interactionId === undefined) === ['discover', 'single'].includes(strategy)),
    ).toBe(true);
    expect(sent.some(({ turn }) => turn > 0)).toBe(strategy !== 'single');
    expect(endsOf(ledger).some(({ outcome }) => outcome === 'completed' || outcome === 'budget')).toBe(true);
  });

  it('a pool costs at most 1.1 requests a conversation, whatever else the window holds', async () => {
    const reference = await server();
    await conversationsOf(reference, 300);
    const ledger = await lines(reference, { continuation: { strategy: 'pool' } }, ['--rate', '60', '--duration', '4s']);
    const requests = ledger.filter(({ kind }) => kind === 'request').length;
    const conversations = new Set(sentOf(ledger).map(({ conversation }) => conversation)).size;
    expect(conversations).toBeGreaterThan(150);
    expect(requests / conversations).toBeLessThanOrEqual(1.1);
    expect(endsOf(ledger).filter(({ outcome }) => outcome === 'undiscovered')).toEqual([]);
  });
});

describe('clients as they are', () => {
  it('retries a 500 once, as another attempt of the same turn', async () => {
    const reference = await server({ faults: { 'status-500': 0.3 } });
    const ledger = await lines(reference, { retryOnce: true });
    const failed = settledOf(ledger).filter(({ attempt, status }) => attempt === 0 && status === 500);
    const second = sentOf(ledger).filter(({ attempt }) => attempt === 1);
    expect(failed.length).toBeGreaterThan(5);
    expect(second.map(({ conversation, turn }) => `${conversation}.${turn}`).sort()).toEqual(
      failed.map(({ conversation, turn }) => `${conversation}.${turn}`).sort(),
    );
    expect(reference.truth().turns.received).toBe(sentOf(ledger).length);
  });

  it('leaves when its patience is over', async () => {
    const reference = await server({ service: { law: 'constant', meanMs: 3_000 } });
    const ledger = await lines(reference, { patience: { law: 'constant', mean: '200ms' } });
    const users = sentOf(ledger).filter(({ role }) => role === 'user');
    const left = settledOf(ledger).filter(({ outcome }) => outcome === 'timed-out');
    expect(users.length).toBeGreaterThan(20);
    expect(left).toHaveLength(users.length);
    expect(left.every(({ durationMs }) => durationMs < 3_000)).toBe(true);
    expect(endsOf(ledger).filter(({ outcome }) => outcome === 'abandoned')).toHaveLength(users.length);
  });

  it('opens a connection for every turn where it is told to', async () => {
    const reference = await server();
    const ledger = await lines(reference, { connections: 'new' });
    expect(settledOf(ledger).filter(({ connectMs }) => connectMs === 0)).toEqual([]);
  });

  it('begins no conversation while the service asks to stay away, and says so', async () => {
    const reference = await server({ faults: { 'rate-limited': { rate: 1, routes: ['generate-answer'] } } });
    const { out } = await attempt(reference, {});
    const ledger = ledgerOf(out);
    const ends = endsOf(ledger).map(({ outcome }) => outcome);
    expect(ends.filter((outcome) => outcome === 'withheld').length).toBeGreaterThan(10);
    expect(ends.filter((outcome) => outcome === 'failed').length).toBeGreaterThan(1);
    expect(reference.truth().turns.received).toBe(sentOf(ledger).length);
    const result = resultOf(out);
    expect(result.problems.map(({ code }) => code)).toContain('withheld');
    expect(result.verdict).not.toBe('pass');
  });
});

describe('cross-talk', () => {
  it('every answer to somebody else is found, and nothing else', async () => {
    const reference = await server({ service: { law: 'constant', meanMs: 100 }, drifts: { 'answers-swapped': 0.1 } });
    const gates = [
      { metric: 'violations.count', op: '==', limit: 0 },
      ...LENIENT.filter(({ metric }) => metric !== 'violations.count'),
    ];
    const { out, exitCode } = await attempt(reference, { gates });
    expect(exitCode).toBe(4);
    const accused = settledOf(ledgerOf(out)).filter(({ violations }) =>
      violations.some(({ rule }) => rule === 'cross-talk'),
    );
    const swapped = reference.turns().filter(({ operators }) => operators.includes('answers-swapped'));
    expect(swapped.length).toBeGreaterThan(0);
    expect(accused).toHaveLength(swapped.length);
    for (const { violations } of accused) {
      const [violation] = violations.filter(({ rule }) => rule === 'cross-talk');
      expect(violation?.class).toBe('critical');
      expect(JSON.stringify(violation?.expected)).toMatch(/conversation \d+, turn \d+/);
      expect(violation?.observed.sample).toMatch(/conversation \d+, turn \d+/);
    }
  });
});

/** Conversations that somebody else began. */
async function conversationsOf({ url, botId, keys }: ReferenceServer, count: number): Promise<string[]> {
  const headers = { authorization: `Bearer ${keys.readWrite}`, 'content-type': 'application/json' };
  const ids: string[] = [];
  const body = JSON.stringify({ botId, role: 'agent', content: 'Hello' });
  while (ids.length < count) {
    await fetch(`${url}/v2/hc-interactions/events/public`, { method: 'POST', headers, body }).catch(() => undefined);
    ids.push('');
  }
  const found = new Set<string>();
  const list = await fetch(`${url}/v2/hc-interactions/public?limit=${Math.min(count, 100)}`, { headers });
  for (const { id } of ((await list.json()) as { interactions: { id: string }[] }).interactions) found.add(id);
  return [...found];
}
