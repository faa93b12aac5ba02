import { expect, it } from 'vitest';
import type { Result } from '../../contracts/generated/result.ts';
import { renderHtml } from '../../scripts/report/html.tsx';
import { renderJunit } from '../../scripts/report/junit.ts';
import { renderMarkdown } from '../../scripts/report/markdown.ts';
import { renderText } from '../../scripts/report/text.ts';
import { sampleModel } from './sample-model.ts';

it('every report says which gates judge nothing', async () => {
  const model = await sampleModel('passing');
  const reports = (more: Pick<Result, 'gatesOff' | 'gatesStarved'>) => {
    const it = { ...model, result: { ...model.result, ...more } };
    return [renderText(it), renderMarkdown(it), renderHtml(it), renderJunit(it)];
  };
  for (const text of reports({ gatesOff: ['errors.share', 'latency.p99{stage:peak}'] })) {
    expect(text).toContain('Turned off by the configuration: errors.share, latency.p99{stage:peak}');
    expect(text).not.toContain('Not judged');
  }
  for (const text of reports({ gatesStarved: ['latency.p95'] })) {
    expect(text).toContain('Not judged, because stress sends too few turns: latency.p95');
    expect(text).not.toContain('Turned off');
  }
  for (const text of reports({})) expect(text).not.toMatch(/Turned off|Not judged/);
});
