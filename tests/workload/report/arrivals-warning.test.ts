import { describe, expect, it } from 'vitest';
import type { ArrivalsWarning } from '../../../contracts/generated/arrivals.ts';
import { renderModel } from '../../../scripts/workload/report/model-text.ts';
import { renderModelPage } from '../../../scripts/workload/report/page.tsx';
import { describeModel } from '../../../scripts/workload/shape/describe-model.ts';
import { madeArrivals } from '../made-model.ts';

describe('warnings of a learnt model', () => {
  it.each<[ArrivalsWarning, string]>([
    [{ code: 'cursors-circle', from: '2026-01-05T00:00:00.000Z' }, 'are known from 2026-01-05T00:00:00.000Z on only'],
    [{ code: 'languages-missing', languages: ['fi', 'et'] }, 'no contents in fi, et: English is used instead'],
  ])('are sentences on the terminal and on the page: %j', (warning, sentence) => {
    const model = describeModel({
      name: 'shop',
      scripts: [],
      arrivals: { ...madeArrivals(1, () => 2), warnings: [warning] },
    });
    expect(renderModel(model)).toContain(sentence);
    expect(renderModelPage(model)).toContain(sentence);
  });
});
