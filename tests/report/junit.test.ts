import { DOMParser } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../contracts/generated/result.ts';
import { RULES } from '../../contracts/rules/index.ts';
import { renderJunit } from '../../scripts/report/junit.ts';
import type { ReportModel } from '../../scripts/report/model.ts';
import { type SampleRun, sampleModel } from './sample-model.ts';

const models = {} as Record<SampleRun, ReportModel>;
beforeAll(async () => {
  for (const run of ['passing', 'failing', 'empty'] as const) models[run] = await sampleModel(run);
});

const RUN = 'the run is valid and complete';

/** Names of cases by what a reader of JUnit XML makes of them. */
function outcomes(model: ReportModel) {
  const document = new DOMParser().parseFromString(renderJunit(model), 'text/xml');
  const cases = [...document.querySelectorAll('testcase')];
  // The parser leaves entities in attributes.
  const nameOf = (it: Element) => it.getAttribute('name')?.replace('&lt;', '<');
  const named = (tag: string) => cases.filter((it) => it.querySelector(tag) !== null).map(nameOf);
  return { all: cases.map(nameOf), failure: named('failure'), error: named('error') };
}

describe('the JUnit report', () => {
  it('has one case for the run, one a gate and one a rule, and counts a failure once', () => {
    const { all, failure, error } = outcomes(models.failing);
    expect(all.slice(0, 6)).toEqual([
      RUN,
      'latency.p95 < 7.5 s',
      'latency.p99 < 15 s',
      'errors.share ≤ 1%',
      'violations.count = 0',
      'late.share ≤ 0.5%',
    ]);
    expect(all.slice(6)).toEqual(RULES.map(({ id }) => id));
    expect(failure).toEqual([
      'errors.share ≤ 1%',
      'violations.count = 0',
      'response-property-type-changed',
      'cross-talk',
    ]);
    expect(error).toEqual([]);
  });

  it('has no case for a rule that no answer was held against', () => {
    const outcomesOf = models.passing.result.outcomes.filter(({ status }) => status === 200);
    const { all } = outcomes({ ...models.passing, result: { ...models.passing.result, outcomes: outcomesOf } });
    expect(all).toContain('echo-mismatch');
    expect(all).not.toContain('error-body-empty');
  });

  it('does not fail a rule that no gate asks for', () => {
    const gates = models.failing.result.gates.filter(({ metric }) => metric !== 'violations.count');
    const { failure } = outcomes({ ...models.failing, result: { ...models.failing.result, gates } });
    expect(failure).toEqual(['errors.share ≤ 1%']);
  });

  it('has the time of the run, on suites and cases', () => {
    const times = renderJunit(models.passing).match(/<test(?:suite|case) [^>]*\btime="[\d.]+"/g) ?? [];
    expect(times).toHaveLength(renderJunit(models.passing).match(/<test(?:suite|case) /g)?.length ?? 0);
    expect(renderJunit(models.passing)).toContain(`time="${models.passing.result.window.lastedMs / 1000}"`);
  });

  it('is all green only for a run that passed', () => {
    const { failure, error } = outcomes(models.passing);
    expect([failure, error]).toEqual([[], []]);
  });

  it('shows what is not known as an error', () => {
    const { all, error } = outcomes(models.empty);
    expect(error).toEqual(all);
  });

  it.each(['fail', 'no-evidence'] as const)(
    'is not green for the verdict %s even when every gate passed',
    (verdict) => {
      const result: Result = { ...models.passing.result, verdict, reason: 'no-gates' };
      const { failure, error } = outcomes({ ...models.passing, result });
      expect([...failure, ...error]).toEqual([RUN]);
    },
  );

  it('does not fail a rule of which only a harmless class was broken', () => {
    const [row] = models.failing.result.violations;
    if (row === undefined) throw new Error('the sample has violations');
    const result = {
      ...models.passing.result,
      violations: [{ ...row, rule: 'new-property', class: 'additive' as const }],
    };
    const { all, failure } = outcomes({ ...models.passing, result });
    expect(all).toContain('new-property');
    expect(failure).toEqual([]);
  });

  it('stays well-formed whatever the service sent', () => {
    const xml = renderJunit(models.failing);
    expect(xml).not.toMatch(/[^\P{Cc}\n]/u);
    expect(xml.match(/<!\[CDATA\[/g)?.length).toBe(xml.match(/\]\]>/g)?.length);
  });
});
