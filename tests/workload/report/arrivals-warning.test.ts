import { describe, expect, it } from 'vitest';
import type { ArrivalsWarning } from '../../../contracts/generated/arrivals.ts';
import { renderModel } from '../../../scripts/workload/report/model-text.ts';
import { renderModelPage } from '../../../scripts/workload/report/page.tsx';
import { describeModel } from '../../../scripts/workload/shape/describe-model.ts';
import { madeArrivals } from '../made-model.ts';

describe('warnings of a learnt model', () => {
  it.each<[ArrivalsWarning, string]>([
    [
      { code: 'cursors-circle', from: '2026-01-05T00:00:00.000Z' },
      'arrivals are known only from 2026-01-05T00:00:00.000Z',
    ],
    [{ code: 'history-starts', from: '2026-01-05T00:00:00.000Z' }, 'the history is taken to start there'],
    [{ code: 'languages-missing', languages: ['fi', 'et'] }, 'no contents in fi, et: English is used instead'],
    [{ code: 'no-whole-hour' }, 'arrivals are not known'],
    [{ code: 'messages-repeated', messages: 1_200 }, '1,200 messages repeated with the same time'],
    [{ code: 'messages-beyond', messages: 7, most: 5_000 }, '7 messages beyond the first 5,000 of a conversation'],
    [{ code: 'turns-unlinked', turns: 1 }, '1 turn without interactionId'],
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
