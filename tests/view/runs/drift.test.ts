import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { driftOf, evidenceOf } from '../../../scripts/view/runs/drift.ts';
import { BROKEN } from '../../drift/made-result.ts';

const root = mkdtempSync(join(tmpdir(), 'fini-harness-view-drift-'));
const ended = join(root, 'ended');
const going = join(root, 'going');
beforeAll(() => {
  mkdirSync(join(ended, 'evidence'), { recursive: true });
  writeFileSync(join(ended, 'result.json'), JSON.stringify(BROKEN));
  writeFileSync(join(ended, 'evidence', '000014.json'), '{"status": 200}');
  writeFileSync(join(root, 'outside.json'), '{}');
  symlinkSync('/etc/hostname', join(ended, 'evidence', '000015.json'));
  mkdirSync(going);
  const steps = [{ turn: { role: 'user' } }, { turn: { role: 'user' } }];
  const plan = { createdAt: '2026-11-29T09:00:00.000Z', chains: [{ phase: 1, steps }] };
  writeFileSync(join(going, 'run.json'), JSON.stringify(plan));
  writeFileSync(join(going, 'turns.ndjson'), `${JSON.stringify({ kind: 'exchange', chain: 0, step: 0 })}\n`);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('shows which findings fail a check, which are accepted, and what proves them', async () => {
  const { findings, progress } = await driftOf(root, ended, root);
  expect(progress).toBeNull();
  expect(findings.map(({ id, failing, accepted }) => [id, failing, accepted])).toEqual([
    ['d41f0c9a7b12', true, false],
    ['bbbbbbbbbbbb', false, false],
    ['aaaaaaaaaaaa', false, true],
  ]);
  expect(await evidenceOf(root, ended, findings[0]?.evidence[0] ?? '')).toEqual({ status: 200 });
});

it.each(['../outside.json', '000015.json', '000016.json', ''])('has no evidence %s', async (file) => {
  await expect(evidenceOf(root, ended, file)).rejects.toThrow('no such evidence');
});

it('shows how far a check is that has no result', async () => {
  expect(await driftOf(root, going, root)).toEqual({ checks: [], findings: [], progress: '1 of 2 probes done' });
  await expect(driftOf(root, root, root)).rejects.toThrow('no drift check');
});
