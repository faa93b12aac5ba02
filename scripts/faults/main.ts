import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import { PACKAGE_ROOT } from '../package-root.ts';
import { listFaults } from '../reference-server/index.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { SUBJECTS } from './subjects.ts';
import { withFaults } from './table.ts';

/**
 * Holds every scenario and every command that sends against every fault of the reference server, at 5 % and at 100 %, and
 * writes the table in docs/reliability.md once all of it was tried. `--fault` and `--subject` pick some; outcomes of
 * earlier calls are kept in results/faults.json.
 */
const RATES = [0.05, 1];
const { values } = parseArgs({
  options: {
    fault: { type: 'string', multiple: true },
    subject: { type: 'string', multiple: true },
    parallel: { type: 'string', default: '2' },
  },
});
const isPicked = (picked: readonly string[] | undefined, name: string): boolean => picked?.includes(name) ?? true;
const subjects = SUBJECTS.filter(({ name }) => isPicked(values.subject, name));
const faults = listFaults().filter(({ id }) => isPicked(values.fault, id));
const trials = subjects.flatMap((subject) =>
  faults.flatMap(({ id }) => RATES.map((rate) => ({ subject, fault: id, rate }))),
);

const folder = join(PACKAGE_ROOT, 'results');
const kept = join(folder, 'faults.json');
const outcomes = new Map<string, Outcome>();
const remember = (outcome: Outcome): void => {
  outcomes.set(`${outcome.subject} ${outcome.fault} ${outcome.rate}`, outcome);
};
if (existsSync(kept)) for (const outcome of JSON.parse(await readFile(kept, 'utf8')) as Outcome[]) remember(outcome);

const tried = await pMap(
  trials,
  async (trial) => {
    // A machine that is busy with other things makes sound turns time out: such a trial has a second chance.
    const first = await outcomeOf(trial);
    const outcome = first.wrong.length === 0 ? first : await outcomeOf(trial);
    remember(outcome);
    const { subject, fault, rate, exitCode, seconds, account, wrong } = outcome;
    const { sent, received, settled, faulty } = account;
    console.log(
      `${wrong.length === 0 ? 'ok  ' : 'NOT '} ${subject} ${fault} ${100 * rate} %: exit code ${exitCode}, ${sent} sent, ${received} received, ${settled} settled, ${faulty} faulty, ${seconds.toFixed(1)} s`,
    );
    for (const line of wrong) console.log(`     ${line}`);
    return outcome;
  },
  { concurrency: Number(values.parallel) },
);

await mkdir(folder, { recursive: true });
await writeFile(kept, `${JSON.stringify([...outcomes.values()], null, 1)}\n`);
const all = [...outcomes.values()];
const document = join(PACKAGE_ROOT, 'docs', 'reliability.md');
const isWhole = listFaults().every(({ id }) =>
  SUBJECTS.every(({ name }) => RATES.every((rate) => outcomes.has(`${name} ${id} ${rate}`))),
);
if (isWhole) await writeFile(document, withFaults(await readFile(document, 'utf8'), all));
const wrong = tried.filter((outcome) => outcome.wrong.length > 0);
console.log(
  `${tried.length - wrong.length} of ${tried.length} trials as expected${isWhole ? '; docs/reliability.md is written' : ''}`,
);
process.exit(wrong.length === 0 ? 0 : 1);
