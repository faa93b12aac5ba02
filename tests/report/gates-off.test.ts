import { expect, it } from 'vitest';
import { renderHtml } from '../../scripts/report/html.tsx';
import { renderJunit } from '../../scripts/report/junit.ts';
import { renderMarkdown } from '../../scripts/report/markdown.ts';
import { renderText } from '../../scripts/report/text.ts';
import { sampleModel } from './sample-model.ts';

const OFF = 'Turned off by the configuration: errors.share, latency.p99{stage:peak}';

it('every report says which gates are turned off', async () => {
  const model = await sampleModel('passing');
  const reports = (gatesOff?: string[]) => {
    const it = { ...model, result: { ...model.result, ...(gatesOff && { gatesOff }) } };
    return [renderText(it), renderMarkdown(it), renderHtml(it), renderJunit(it)];
  };
  for (const text of reports(['errors.share', 'latency.p99{stage:peak}'])) expect(text).toContain(OFF);
  for (const text of reports()) expect(text).not.toContain('Turned off');
});
