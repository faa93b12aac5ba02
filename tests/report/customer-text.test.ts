import { expect, it } from 'vitest';
import type { Plan } from '../../contracts/generated/plan.ts';
import type { ConversationScript } from '../../contracts/generated/workload.ts';
import { renderHtml } from '../../scripts/report/html.tsx';
import { renderMarkdown } from '../../scripts/report/markdown.ts';
import { renderText } from '../../scripts/report/text.ts';
import { analyseLedgers, laneLines, PLAN, spread } from '../analysis/made-run.ts';
import { sampleModel } from './sample-model.ts';

it('every report says where the contents are what customers said', async () => {
  const model = await sampleModel('passing');
  const reports = (customerText?: true) => {
    const plan = { ...model.result.plan, ...(customerText && { customerText }) };
    const it = { ...model, result: { ...model.result, plan } };
    return [renderText(it), renderMarkdown(it), renderHtml(it)];
  };
  for (const text of reports(true)) expect(text).toContain('contents are redacted texts of customers');
  for (const text of reports()) expect(text).not.toContain('customers said');
});

it.each([[true], [undefined]] as const)('a result says whether they are: %s', async (customerText) => {
  const script: ConversationScript = { id: 'one', turns: [{ content: 'hello' }] };
  const conversations: Plan['workload']['conversations'] = [
    script,
    { ...script, id: 'two', ...(customerText && { customerText }) },
  ];
  const plan: Plan = { ...PLAN, workload: { source: 'test', sha256: '0', conversations } };
  const { result } = await analyseLedgers(plan, [laneLines(spread(10), 0)]);
  expect(result.plan.customerText).toBe(customerText);
});
