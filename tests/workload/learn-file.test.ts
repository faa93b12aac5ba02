import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Arrivals } from '../../contracts/generated/arrivals.ts';
import { validatorOf } from '../../scripts/foundation/schema/validator.ts';
import { main } from '../../scripts/main.ts';
import { type KnownLaw, knownHistory } from '../../scripts/proofs/workload/known-history.ts';
import { readWorkload } from '../../scripts/run/workload/read.ts';
import { scratch } from '../cli/scratch.ts';
import { recordedIo } from '../io.ts';
import { knownFiles } from './known-files.ts';
import { leaksIn } from './leaks-in.ts';

const LAW: KnownLaw = { perHour: 2, dispersion: 0.1, continues: 0.5, meanPauseMs: 30_000, german: 0.3, weeks: 3 };
const history = knownHistory(LAW, 1, Date.UTC(2026, 2, 2));
const files = knownFiles(history);
const said = history.flatMap(({ messages }) => messages.map(({ text }) => text));

async function learn(cwd: string, ...flags: string[]) {
  // Without a service and without a key.
  const io = recordedIo({ cwd });
  const code = await main(['workload', 'learn', ...flags], io);
  return { code, ...io.said() };
}

const read = (cwd: string): Arrivals => JSON.parse(readFileSync(join(cwd, 'workload', 'arrivals.json'), 'utf8'));

describe('workload learn --from', () => {
  it.each(['csv', 'jsonl', 'har'] as const)(
    'learns from a %s file what was done, and not what was said',
    async (kind) => {
      const cwd = scratch({ [`known.${kind}`]: files[kind] });
      expect(await learn(cwd, '--from', `known.${kind}`)).toMatchObject({ code: 0 });
      const arrivals = read(cwd);
      const validate = validatorOf('arrivals');
      expect(validate(arrivals), JSON.stringify(validate.errors)).toBe(true);
      const turns = history.flatMap(({ messages }) => messages.filter(({ role }) => role === 'user'));
      const german = history.filter(({ messages }) => messages[0]?.text.startsWith('Guten')).length;
      expect(arrivals.source.kind).toBe(kind);
      expect(arrivals.conversations).toMatchObject({ read: history.length, started: history.length, open: 0 });
      expect(arrivals.shape.turns.value).toBeCloseTo(turns.length / history.length, 9);
      expect(arrivals.shape.chars.value).toBeCloseTo(
        turns.reduce((sum, { text }) => sum + text.length, 0) / turns.length,
      );
      expect(arrivals.shape.languages.find(({ name }) => name === 'de')?.k).toBe(german);
      expect((arrivals.shape.pauseMs.value ?? 0) / LAW.meanPauseMs).toBeCloseTo(1, 0);
      expect(arrivals.hourOfWeek.filter(({ value }) => (value ?? 0) > 0).length).toBeGreaterThan(150);
      const names = ['workload.jsonl', 'arrivals.json'].map((name) => join(cwd, 'workload', name));
      const model = names.map((name) => readFileSync(name, 'utf8')).join('');
      expect(leaksIn(model, said)).toEqual([]);
      expect(names.map((name) => statSync(name).mode & 0o777)).toEqual([0o600, 0o600]);
      expect((await readWorkload(names[0])).conversations).toHaveLength(500);
    },
  );

  it('takes --since back from the last message of the file', async () => {
    const cwd = scratch({ 'known.csv': files.csv });
    expect(await learn(cwd, '--from', 'known.csv', '--since', '7d')).toMatchObject({ code: 0 });
    const { source, conversations } = read(cwd);
    expect(Date.parse(source.until) - Date.parse(source.since)).toBe(7 * 86_400_000);
    expect(conversations.started + conversations.startedBefore).toBe(history.length);
    expect(conversations.startedBefore).toBeGreaterThan(history.length / 2);
  });

  const HEAD = 'conversation,timestamp,role,text\n';
  it.each<[string, string, string[], number, string]>([
    ['a wrong line', `${HEAD}c1,yesterday,user,Hello Henrietta\n`, [], 2, 'a.csv:2: timestamp is not a time'],
    ['the service alone', `${HEAD}c1,2026-01-31T09:30Z,bot,hello\n`, [], 6, '1 have no turn of a user'],
    ['the future', `${HEAD}c1,2099-01-31T09:30Z,user,hello\n`, [], 6, '1 have implausible times'],
    ['nothing but a header', HEAD, [], 6, 'a.csv has no conversations'],
    ['a channel', files.csv, ['--channel', 'chat'], 2, '--channel selects stored conversations'],
    ['an agent', files.csv, ['--agent', 'x'], 2, '--agent selects stored conversations'],
    ['a bad time', files.csv, ['--since', 'x'], 2, '--since: must be a time such as'],
  ])('with %s ends with one message, and writes no model', async (_, content, flags, code, message) => {
    const cwd = scratch({ 'a.csv': content });
    const told = await learn(cwd, '--from', 'a.csv', ...flags);
    expect(told).toMatchObject({ code, out: '', err: expect.stringContaining(message) });
    expect(told.err).not.toContain('Henrietta');
    expect(existsSync(join(cwd, 'workload', 'arrivals.json'))).toBe(false);
  });

  it('shows no language of fewer than five conversations, neither in arrivals nor in scripts', async () => {
    const said = (count: number, name: string, text: string): string =>
      Array.from({ length: count }, (_, index) => `${name}${index},2026-01-31T09:30Z,user,${text}\n`).join('');
    const english = said(6, 'e', 'Where is my parcel? I ordered it two weeks ago');
    const cwd = scratch({ 'rare.csv': HEAD + english + said(4, 'd', 'Wo ist mein Paket? Ich warte seit zwei Wochen') });
    expect(await learn(cwd, '--from', 'rare.csv')).toMatchObject({ code: 0 });
    expect(read(cwd).shape.languages.map(({ name, k }) => [name, k])).toEqual([
      ['en', 6],
      ['und', 4],
    ]);
    const { conversations } = await readWorkload(join(cwd, 'workload', 'workload.jsonl'));
    expect(conversations.map(({ language }) => language ?? 'und').sort()).toEqual([
      ...Array(6).fill('en'),
      ...Array(4).fill('und'),
    ]);
  });

  it('counts repeated messages once, and says so', async () => {
    const cwd = scratch({ 'twice.jsonl': files.jsonl + files.jsonl });
    const { code, out } = await learn(cwd, '--from', 'twice.jsonl');
    expect(code).toBe(0);
    expect(read(cwd).conversations.started).toBe(history.length);
    expect(read(cwd).shape.turns.value).toBeLessThan(2.3);
    expect(out).toMatch(/[\d,]+ messages repeated/);
  });
});
