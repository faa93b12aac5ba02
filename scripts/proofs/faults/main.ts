import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';
import { listFaults } from '../../reference-server/index.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { SUBJECTS } from './subjects.ts';
import { withFaults } from './table.ts';

/**
 * Holds every scenario and every command that sends against every fault of the reference server, at 5 % and at 100 %, and
 * writes the table in docs/reliability.md once all of it was tried. `--fault` and `--subject` pick some, `--again` those
 * that are missing or wrong; outcomes of earlier calls are kept in results/faults.json.
 */
const RATES = [0.05, 1];
const { values } = parseArgs({
  options: {
    fault: { type: 'string', multiple: true },
    subject: { type: 'string', multiple: true },
    again: { type: 'boolean', default: false },
    parallel: { type: 'string', default: '2' },
  },
});
const isPicked = (picked: readonly string[] | undefined, name: string): boolean => picked?.includes(name) ?? true;
const subjects = SUBJECTS.filter(({ name }) => isPicked(values.subject, name));
const faults = listFaults().filter(({ id }) => isPicked(values.fault, id));
function keyOf(subject: string, fault: string, rate: number): string {
  return `${subject} ${fault} ${rate}`;
}

const folder = join(PACKAGE_ROOT, 'results');
const kept = join(folder, 'faults.json');
await mkdir(folder, { recursive: true });
const outcomes = new Map<string, Outcome>();
const remember = (outcome: Outcome): void => {
  outcomes.set(keyOf(outcome.subject, outcome.fault, outcome.rate), outcome);
};
if (existsSync(kept)) for (const outcome of JSON.parse(await readFile(kept, 'utf8')) as Outcome[]) remember(outcome);

const isDue = (name: string, fault: string, rate: number): boolean => {
  const known = outcomes.get(keyOf(name, fault, rate));
  return !values.again || known === undefined || known.wrong.length > 0;
};
const trials = subjects.flatMap((subject) =>
  faults.flatMap(({ id }) =>
    RATES.filter((rate) => isDue(subject.name, id, rate)).map((rate) => ({ subject, fault: id, rate })),
  ),
);

async function attempt(trial: (typeof trials)[number]): Promise<Outcome> {
  // A machine that is busy with other things makes sound turns time out: such a trial has a second chance.
  const first = await outcomeOf(trial);
  const outcome = first.wrong.length === 0 ? first : await outcomeOf(trial);
  remember(outcome);
  writeFileSync(kept, `${JSON.stringify([...outcomes.values()], null, 1)}\n`);
  const { subject, fault, rate, exitCode, seconds, account, wrong } = outcome;
  const { sent, received, settled, faulty } = account;
  console.log(
    `${wrong.length === 0 ? 'ok  ' : 'NOT '} ${subject} ${fault} ${100 * rate} %: exit code ${exitCode}, ${sent} sent, ${received} received, ${settled} settled, ${faulty} faulty, ${seconds.toFixed(1)} s`,
  );
  for (const line of wrong) console.log(`     ${line}`);
  return outcome;
}

// The server is in this process: while it makes replies of 50 MB, it answers nobody else in time.
const isHuge = ({ fault }: { fault: string }): boolean => fault === 'oversized-body';
const tried = [
  ...(await pMap(
    trials.filter((trial) => !isHuge(trial)),
    attempt,
    { concurrency: Number(values.parallel) },
  )),
  ...(await pMap(trials.filter(isHuge), attempt, { concurrency: 1 })),
];

const all = [...outcomes.values()];
const document = join(PACKAGE_ROOT, 'docs', 'reliability.md');
const isWhole = listFaults().every(({ id }) =>
  SUBJECTS.every(({ name }) => RATES.every((rate) => outcomes.has(keyOf(name, id, rate)))),
);
if (isWhole) await writeFile(document, withFaults(await readFile(document, 'utf8'), all));
const wrong = tried.filter((outcome) => outcome.wrong.length > 0);
console.log(
  `${tried.length - wrong.length} of ${tried.length} trials as expected${isWhole ? '; docs/reliability.md is written' : ''}`,
);
process.exit(wrong.length === 0 ? 0 : 1);
