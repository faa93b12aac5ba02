import { describe, expect, it, test } from 'vitest';
import type { RunSummary } from '../../../contracts/generated/baseline.ts';
import { historyOf } from '../../../scripts/compare/history/history.ts';
import { renderHistoryMarkdown } from '../../../scripts/compare/history/report/markdown.ts';
import { headlineOf, noteSentence } from '../../../scripts/compare/history/report/sentences.ts';
import { renderHistoryText } from '../../../scripts/compare/history/report/text.ts';
import { validatorOf } from '../../../scripts/foundation/schema/validator.ts';
import { madeHistory, SCATTERS, type Setting } from '../../../scripts/proofs/history/made-history.ts';

const STEADY: Setting = { runs: 30, after: 0, slower: 1, errors: [0, 0], scatter: SCATTERS.normal };
const made = (over: Partial<Setting> = {}, seed = 5): RunSummary[] => madeHistory({ ...STEADY, ...over }, seed);

/** `metric@index`, with `!` where it is news. */
const changesOf = (runs: readonly RunSummary[]): string[] =>
  historyOf(runs).groups.flatMap(({ metrics }) =>
    metrics.flatMap(({ metric, changes }) => changes.map((it) => `${metric}@${it.index}${it.isNews ? '!' : ''}`)),
  );

describe('historyOf', () => {
  test.each([
    ['nothing', {}, [], 0, 'Nothing got worse recently: 30 runs, 0 change points in all.'],
    [
      'slower of late',
      { after: 6, slower: 1.5 },
      ['latency.p95@24!', 'latency.mean@24!'],
      5,
      'Worse: p95 of user turns rose from',
    ],
    ['slower long ago', { after: 15, slower: 1.5 }, ['latency.p95@15', 'latency.mean@15'], 0, '2 change points'],
    ['faster of late', { after: 6, slower: 0.6 }, ['latency.p95@24', 'latency.mean@24'], 0, 'Nothing got worse'],
    ['failing of late', { after: 5, errors: [0, 0.01] as const }, ['errors.share@25!'], 5, 'up from 0'],
    ['too few', { runs: 19, after: 6, slower: 2 }, [], 6, 'Too few runs: at most 19 runs'],
  ])('%s', (_, over, changes, exitCode, headline) => {
    const runs = made(over);
    expect(changesOf(runs)).toEqual(changes);
    expect(historyOf(runs).exitCode).toBe(exitCode);
    expect(headlineOf(historyOf(runs))).toContain(headline);
  });

  it('is as its schema says', () => {
    const validate = validatorOf('history');
    validate(historyOf(made({ after: 6, slower: 1.5 })));
    expect(validate.errors).toBeNull();
  });

  it('names the first bad run', () => {
    const [group] = historyOf(made({ after: 6, slower: 1.5 })).groups;
    expect(group?.metrics[0]?.changes[0]).toMatchObject({ runId: 'run-24', isWorse: true, isNews: true });
  });

  it('is no longer news once a later change has brought it back', () => {
    const bad = made({ after: 8, slower: 1.6 });
    const back = bad.map((run, i) => (i < 26 ? run : { ...(made()[i] ?? run) }));
    expect(changesOf(back).filter((it) => it.startsWith('latency.p95'))).toEqual(['latency.p95@22', 'latency.p95@26']);
    expect(historyOf(back).exitCode).toBe(0);
  });

  it('does not take one failed turn more, or another number of turns, for a change', () => {
    const runs = made().map((run, i) => (i === 29 ? { ...run, errors: { k: 1, n: 500 } } : run));
    const longer = made().map((run, i) => (i < 15 ? run : { ...run, errors: { k: 0, n: 5_000 } }));
    expect([changesOf(runs), changesOf(longer)]).toEqual([[], []]);
  });

  it('puts only runs of one load and target in a series', () => {
    const [fast, slow] = [made(), made({ slower: 2, after: 30 })];
    const elsewhere = slow.map((run) => ({ ...run, runId: `b-${run.runId}`, at: run.at + 1, target: 'elsewhere' }));
    const lighter = slow.map((run) => ({ ...run, runId: `c-${run.runId}`, load: { ...run.load, rate: 1 } }));
    const { groups } = historyOf([...fast, ...elsewhere, ...lighter]);
    expect(groups.map(({ target, runs }) => [target, runs])).toEqual([
      ['elsewhere', 30],
      ['made', 30],
      ['made', 30],
    ]);
    expect(groups.flatMap(({ metrics }) => metrics.flatMap(({ changes }) => changes))).toEqual([]);
  });

  it('puts runs in order of time, each once', () => {
    const runs = made({ after: 6, slower: 1.5 });
    expect(historyOf([...runs].reverse().concat(runs))).toEqual(historyOf(runs));
  });

  it('leaves out runs that prove nothing, and those that stand alone', () => {
    const runs = made().map((run, i) => (i < 12 ? { ...run, flaw: 'late-starts' as const } : run));
    const alone = { ...(made()[0] as RunSummary), runId: 'alone', target: 'elsewhere' };
    const { notes, groups } = historyOf([...runs, alone]);
    expect(groups.map((group) => group.runs)).toEqual([18]);
    expect(notes).toHaveLength(12);
    const sentences = notes.map(noteSentence);
    expect(sentences[0]).toBe('run run-0 is excluded: turns started late');
    expect(sentences.slice(-2)).toEqual([
      'and 2 more are excluded',
      '1 run excluded: no other run has the same load and target',
    ]);
  });

  it('of nothing is no evidence', () => {
    expect(historyOf([])).toMatchObject({ exitCode: 6, outcome: 'too-few-runs', groups: [] });
    expect(headlineOf(historyOf([]))).toContain('at most 0 runs');
  });
});

/** A sample of `npm run sim:history`; bounds leave the shares of docs/history.md three standard errors. */
describe('by simulation', () => {
  const share = (setting: Setting, is: (index: number, metric: string) => boolean, count = 100): number =>
    Array.from({ length: count }, (_, seed) => historyOf(madeHistory(setting, seed))).filter(({ groups }) =>
      groups.some(({ metrics }) =>
        metrics.some(({ metric, changes }) => changes.some(({ index }) => is(index, metric))),
      ),
    ).length / count;

  it('raises few false alarms', () => {
    expect(share({ ...STEADY, runs: 50, errors: [0.002, 0.002] }, () => true)).toBeLessThanOrEqual(0.16);
  });

  it('finds the run since which p95 is 20 % higher', () => {
    const setting = { ...STEADY, runs: 50, after: 5, slower: 1.2 };
    expect(share(setting, (index, metric) => metric === 'latency.p95' && Math.abs(index - 45) <= 2)).toBeGreaterThan(
      0.8,
    );
  });
});

describe('as text', () => {
  it.each([
    ['Markdown', renderHistoryMarkdown],
    ['plain text', renderHistoryText],
  ])('%s says what changed with which run', (_, render) => {
    const text = render(
      historyOf([
        ...made({ after: 6, slower: 1.5 }),
        ...made({ runs: 5 }).map((run) => ({ ...run, runId: `b${run.at}`, target: 'elsewhere' })),
      ]),
    );
    expect(text).toMatch(/^(## ❌ )?Worse: p95 of user turns rose from .* with run run-24; mean latency/);
    expect(text).toMatch(/p95 of user turns.*run-24, 1970-01-25/);
    expect(text).toContain('5 runs: too few');
    expect(text.length).toBeLessThan(3_000);
  });
});
