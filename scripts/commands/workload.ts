import { redactStrings } from '../../contracts/redact.ts';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { renderComparison, renderComparisonMarkdown } from '../workload/report/comparison-text.ts';
import { renderModel } from '../workload/report/model-text.ts';
import { compareModels } from '../workload/shape/compare-models.ts';
import { describeModel } from '../workload/shape/describe-model.ts';
import { readModel } from '../workload/shape/read-model.ts';
import type { WorkloadOptions } from './flags/workload-flags.ts';
import { workloadLearn } from './workload-learn.ts';
import { writeOutput } from './write-output.ts';

/** What each action takes beside its flags. */
const TAKES: Readonly<Record<WorkloadOptions['action'], readonly [least: number, most: number, what: string]>> = {
  learn: [0, 0, 'nothing'],
  show: [1, 1, 'a model, such as workload'],
  diff: [2, 2, 'two models, such as workload/before workload/after'],
};

/** A workload that customers really make: learnt from what they did, shown, and held against another. */
export const workload: Command<WorkloadOptions> = async (options, io) => {
  const { action, models } = options;
  const [least, most, what] = TAKES[action];
  if (models.length < least || models.length > most) throw usageError(`workload ${action} takes ${what}`);
  switch (action) {
    case 'learn':
      return workloadLearn(options, io);
    case 'show':
      return show(options, io);
    case 'diff':
      return diff(options, io);
    default:
      return action satisfies never;
  }
};

async function show({ models: [name = ''], json, html, markdown }: WorkloadOptions, io: Io): Promise<number> {
  if (markdown) throw usageError('--markdown: workload diff has it; workload show has --html');
  // Before anything is rendered: what escaping has taken apart is not found any more.
  const model = redactStrings(describeModel(await readModel(name, io.cwd)), io.guard.redact) as ReturnType<
    typeof describeModel
  >;
  const output = {
    json: model,
    text: () => renderModel(model),
    markdown: () => renderModel(model),
    page: async () => (await import('../workload/report/page.tsx')).renderModelPage(model),
  };
  await writeOutput({ json, markdown: false, html }, output, io);
  return EXIT.pass;
}

async function diff({ models: [a = '', b = ''], ...forms }: WorkloadOptions, io: Io): Promise<number> {
  const models = [await readModel(a, io.cwd), await readModel(b, io.cwd)] as const;
  const redacted = <T>(value: T): T => redactStrings(value, io.guard.redact) as T;
  const compared = redacted(compareModels(...models));
  const output = {
    json: compared,
    text: () => renderComparison(compared),
    markdown: () => renderComparisonMarkdown(compared),
    page: async () => {
      const [left, right] = [redacted(describeModel(models[0])), redacted(describeModel(models[1]))];
      return (await import('../workload/report/page.tsx')).renderComparisonPage(compared, [left, right]);
    },
  };
  await writeOutput(forms, output, io);
  if (compared.distributions.length === 0) return EXIT.noEvidence;
  return compared.distributions.some(({ differs }) => differs) ? EXIT.regression : EXIT.pass;
}
