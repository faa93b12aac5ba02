import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { renderComparisonPage, renderModelPage } from '../../../scripts/workload/report/page.tsx';
import { compareModels } from '../../../scripts/workload/shape/compare-models.ts';
import { describeModel } from '../../../scripts/workload/shape/describe-model.ts';
import type { WorkloadModel } from '../../../scripts/workload/shape/read-model.ts';
import { madeArrivals, madeScripts } from '../made-model.ts';

const model = (name: string, rate: number): WorkloadModel => ({
  ...{ name, scripts: madeScripts(1), arrivals: madeArrivals(1, () => rate) },
});
const [some, none] = [model('some', 2), model('none', 0)];
const headsOf = (page: string): (string | null)[] =>
  [...parseHTML(page).document.querySelectorAll('thead th')].map(({ textContent }) => textContent);

it('draws a week only where arrivals are known', () => {
  expect(renderModelPage(describeModel(some))).toContain('id="week"');
  expect(renderModelPage(describeModel(none))).not.toContain('id="week"');
});

it('names each column of a table', () => {
  const pages = [
    renderModelPage(describeModel(some)),
    renderComparisonPage(compareModels(some, none), [describeModel(some), describeModel(none)]),
  ];
  for (const page of pages) expect(headsOf(page)).not.toContain('');
  expect(headsOf(pages[1] ?? '')).toEqual(['Distribution', 'Result', 'A', 'B', 'distance', 'p']);
});
