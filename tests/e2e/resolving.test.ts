import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Audit } from '../../contracts/generated/audit.ts';
import { main } from '../../scripts/main.ts';
import type { ReferenceServer } from '../../scripts/reference-server/index.ts';
import { recordedIo } from '../io.ts';
import { environmentFor, fini, LENIENT, resultOf, scratch, server, writeConfig } from './support.ts';

const LOAD = ['--rate', '12', '--duration', '3s', '--conversations', '24'];

/** Conversations of two turns, of three customers. */
const WORKLOAD = ['grace', 'daniel', 'mia']
  .map((name) => ({
    id: name,
    metadata: { user_attributes: { email: `${name}@example.com` } },
    turns: [{ content: 'Where is my order?' }, { content: 'Thank you.' }],
  }))
  .map((conversation) => `${JSON.stringify(conversation)}\n`)
  .join('');

/** Two runs, one after the other, on a service that continues what the same customer said within half an hour. */
async function twoRuns(config: object) {
  const reference = await server({ resolve: { withinMs: 1_800_000 }, service: { law: 'constant', meanMs: 40 } });
  const cwd = scratch();
  writeFileSync(join(cwd, 'workload.jsonl'), WORKLOAD);
  const path = writeConfig(cwd, {
    workload: 'workload.jsonl',
    thinkTime: { law: 'constant', mean: '50ms' },
    gates: LENIENT,
    ...config,
  });
  const env = environmentFor(reference);
  const run = async (name: string): Promise<string> => {
    const out = join(cwd, name);
    const done = await fini(['run', 'load', ...LOAD, '--config', path, '--out', out, '--quiet'], { env, cwd });
    expect(done.exitCode, String(done.stderr)).toBe(0);
    return out;
  };
  const on = async (command: string, out: string) => {
    const io = recordedIo({ env, cwd });
    const exitCode = await main([command, out], io);
    return { exitCode, text: Object.values(io.said()).join('\n') };
  };
  return { reference, first: await run('first'), second: await run('second'), on };
}

const auditOf = (out: string): Audit => JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as Audit;
const codesOf = (out: string): string[] => resultOf(out).problems.map(({ code }) => code);
const stored = async ({ url, keys }: ReferenceServer): Promise<number> => {
  const headers = { authorization: `Bearer ${keys.readWrite}` };
  const answer = await fetch(`${url}/v2/hc-interactions/public?limit=100`, { headers });
  return ((await answer.json()) as { interactions: unknown[] }).interactions.length;
};

describe.each(['discover', 'single'])('on a service that resolves, with strategy %s', (strategy) => {
  describe('each conversation has a customer of its own', () => {
    let runs: Awaited<ReturnType<typeof twoRuns>>;
    beforeAll(async () => {
      runs = await twoRuns({ continuation: { strategy } });
    });

    it('so that both runs are stored as they were held', async () => {
      const { reference, first, second, on } = runs;
      for (const out of [first, second]) {
        const { exitCode, text } = await on('audit', out);
        expect(exitCode, text).toBe(0);
        expect(auditOf(out)).toMatchObject({
          counts: { read: 24, storedConversations: 24, unrelated: 0 },
          findings: [],
        });
        expect(codesOf(out)).not.toContain('conversations-shared');
      }
      expect(await stored(reference)).toBe(48);
    });
  });

  describe('conversations share the customers of the workload', () => {
    let runs: Awaited<ReturnType<typeof twoRuns>>;
    beforeAll(async () => {
      runs = await twoRuns({ continuation: { strategy }, customerEmail: '{local}@{domain}' });
    });

    it('which is told, and accuses nobody', async () => {
      const { first, second, on } = runs;
      for (const out of [first, second]) {
        const { exitCode, text } = await on('audit', out);
        expect(exitCode, text).toBe(0);
        const { counts, findings } = auditOf(out);
        expect(findings).toEqual([]);
        expect(counts.read).toBe(24);
        expect(counts.storedConversations).toBe(3);
        expect(counts.unrelated).toBeGreaterThan(0);
        expect(text).toContain(`stored as ${counts.storedConversations} conversations`);
      }
      expect(codesOf(first).includes('conversations-shared')).toBe(strategy === 'discover');
    });

    it('and is cleaned up only when no other run names it', async () => {
      const { reference, first, second, on } = runs;
      const before = await on('cleanup', first);
      expect(before.exitCode, before.text).toBe(0);
      expect(before.text).toContain('clean up that other run first');
      const audit = await on('audit', second);
      expect(audit.exitCode, audit.text).toBe(0);
      expect(await stored(reference)).toBe(3);
      expect((await on('cleanup', second)).exitCode).toBe(0);
      const after = await on('cleanup', first);
      expect(after.exitCode, after.text).toBe(0);
      expect(await stored(reference)).toBe(0);
    });
  });
});
