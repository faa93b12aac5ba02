import { redactStrings } from '../../contracts/redact.ts';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { renderModelComparison } from '../workload/report/comparison-text.ts';
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

async function show({ models: [name = ''], json, html }: WorkloadOptions, io: Io): Promise<number> {
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

async function diff({ models: [a = '', b = ''], json, html }: WorkloadOptions, io: Io): Promise<number> {
  if (html !== undefined) throw usageError('--html: workload diff has no page; workload show has one');
  const compared = compareModels(await readModel(a, io.cwd), await readModel(b, io.cwd));
  if (json) io.json(compared);
  else io.out(renderModelComparison(compared));
  if (compared.distributions.length === 0) return EXIT.noEvidence;
  return compared.distributions.some(({ differs }) => differs) ? EXIT.regression : EXIT.pass;
}
