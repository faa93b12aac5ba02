import { expect, it } from 'vitest';
import type { Capacity } from '../../../contracts/generated/capacity.ts';
import { renderCapacityMarkdown } from '../../../scripts/capacity/report/markdown.ts';
import { renderCapacityPage } from '../../../scripts/capacity/report/page.tsx';
import { renderCapacityText } from '../../../scripts/capacity/report/text.ts';
import { sampleResult } from './sample-result.ts';

const NONE = { lambdaCert: null, lambdaHat: null, threshold: null } as const;

it.each<[string, Partial<Capacity>]>([
  ['4.2 turns/s', { lambdaCert: 4.2 }],
  ['About 3 turns/s', { ...NONE, lambdaHat: 3 }],
  ['Limited to 2 turns/s', { ...NONE, boundary: 'rate-limiter', threshold: 2 }],
  ['No rate meets the SLO', { ...NONE, boundary: 'infeasible' }],
  ['Not known', { ...NONE, boundary: 'not-reached' }],
])('is headed by the rate, or by what stands in its place: %s', (heading, over) => {
  const result = sampleResult();
  const found = { ...result, capacity: { ...result.capacity, ...over } };
  const page = renderCapacityPage(found);
  expect(/<h1[^>]*>(.*?)<\/h1>/.exec(page)?.[1]).toBe(heading);
  expect(page).toContain(`<title>Capacity: ${heading}, `);
  expect(renderCapacityMarkdown(found).split('\n')[0]).toBe(`## Capacity: ${heading}`);
});

it.each<[string, Partial<Capacity>, string | undefined]>([
  ['a rate', {}, 'fini-harness capacity --from <folder> --forecast'],
  [
    'an ended budget',
    { ...NONE, boundary: 'not-reached', reason: { code: 'budget-spent', budget: 500 } },
    'fini-harness capacity --resume <folder> --budget 1000',
  ],
  ['neither', { ...NONE, boundary: 'infeasible', reason: { code: 'unreachable' } }, undefined],
])('says what to do next after %s', (_, over, command) => {
  const found = sampleResult(over);
  const [page, markdown] = [renderCapacityPage(found), renderCapacityMarkdown(found)];
  const text = renderCapacityText(found, { reportPath: 'results/search/report.html' });
  if (command === undefined) expect(page + markdown + text).not.toMatch(/Next|fini-harness capacity/);
  else {
    expect(page).toContain(command.replaceAll('<', '&lt;'));
    expect(markdown).toContain(command);
    expect(text).toContain(command.replace('<folder>', 'results/search'));
  }
});
