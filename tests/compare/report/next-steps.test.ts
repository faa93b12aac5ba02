import { expect, it } from 'vitest';
import type { Comparison } from '../../../contracts/generated/comparison.ts';
import { renderComparisonMarkdown } from '../../../scripts/compare/report/markdown.ts';
import { comparisonSteps } from '../../../scripts/compare/report/next-steps.ts';
import { renderComparisonHtml } from '../../../scripts/compare/report/page.tsx';
import { renderComparisonText } from '../../../scripts/compare/report/text.ts';
import { sampleComparison } from '../../report/sample-runs.ts';

const model = sampleComparison(1.3);
const { comparison } = model;
const slower = { code: 'slower', role: 'user', metric: 'latency.p95', ratio: 1.3 } as const;
const alternate = 'fini-harness compare --interleave auto <baseline config> <candidate config> --plan';
const kindOf = (kind: 'interleaved' | 'days') => ({ ...comparison.design, kind });

it.each<[string, Partial<Comparison>, string[]]>([
  [
    'slower, of other days',
    { outcome: 'regression', reasons: [slower], design: kindOf('days') },
    ['fini-harness view', alternate],
  ],
  [
    'slower, run alternately',
    { outcome: 'regression', reasons: [slower], design: kindOf('interleaved') },
    ['fini-harness view'],
  ],
  [
    'a violated contract',
    { outcome: 'regression', reasons: [{ code: 'contract-violated', rule: 'event-schema', count: 3 }] },
    ['fini-harness view', 'fini-harness drift --plan'],
  ],
  [
    'no regression',
    { outcome: 'no-regression', reasons: [{ code: 'within-tolerance' }] },
    ['fini-harness baseline add main <candidate results>'],
  ],
  ['too few runs', { outcome: 'inconclusive', reasons: [{ code: 'p95-uncertain' }] }, [alternate]],
  ['no runs', { outcome: 'inconclusive', reasons: [{ code: 'no-runs' }] }, []],
])('after %s, each report says what to do', (_, over, commands) => {
  const result: Comparison = { ...comparison, ...over };
  expect(comparisonSteps(result).map(({ command }) => command)).toEqual(commands);
  const [page, markdown, text] = [
    renderComparisonHtml({ ...model, comparison: result }),
    renderComparisonMarkdown(result),
    renderComparisonText(result).replaceAll(/\s+/g, ' '),
  ];
  for (const command of commands) {
    expect(page.replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toContain(command);
    expect(markdown).toContain(command);
    expect(text).toContain(command);
  }
});
