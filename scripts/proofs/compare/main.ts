import { calibrate } from './calibrate.ts';
import { ROWS } from './rows.ts';
import { type Setting, simulateComparison } from './simulate-comparison.ts';

/**
 * False alarms, power and turns of the comparison, by seeded simulation: `[how many a row] [part of the rows' names]`; or
 * `calibrate [how many]`, what the boundaries of a comparison in stages spend.
 */
const [first = '2000', second = ''] = process.argv.slice(2);

if (first === 'calibrate') calibrate(Number(second || 100_000));
else simulate(Number(first), second);

function simulate(replications: number, wanted: string): void {
  console.log(
    `${'what'.padEnd(56)} pairs  turns  noise  regression  no regression  inconclusive  user turns: mean, 90 %`,
  );
  for (const { name, ...setting } of ROWS.filter((row) =>
    `${row.name} ${row.inStages ? 'stages' : ''}`.includes(wanted),
  )) {
    console.log(`${name.padEnd(56)} ${describe(setting)} ${outcomes(setting, replications)}`);
  }
}

function describe({ pairs, inStages, turnsPerRun, noise }: Setting): string {
  const most = `${inStages ? '≤' : ''}${pairs}`;
  return `${most.padStart(5)} ${String(turnsPerRun).padStart(6)} ${`${noise * 100} %`.padStart(6)}`;
}

function outcomes(setting: Setting, replications: number): string {
  const counts = { regression: 0, 'no-regression': 0, inconclusive: 0 };
  const turns: number[] = [];
  for (let seed = 0; seed < replications; seed++) {
    const { outcome, design } = simulateComparison(setting, seed);
    counts[outcome] += 1;
    turns.push((design.baselineRuns + design.candidateRuns) * setting.turnsPerRun);
  }
  const share = (count: number): string => `${((count / replications) * 100).toFixed(1)} %`;
  const mean = turns.reduce((sum, each) => sum + each, 0) / replications;
  const most = turns.sort((a, b) => a - b)[Math.floor(0.9 * replications)] ?? Number.NaN;
  return [
    share(counts.regression).padStart(11),
    share(counts['no-regression']).padStart(14),
    share(counts.inconclusive).padStart(13),
    `${Math.round(mean)}`.padStart(17),
    `${most}`.padStart(6),
  ].join(' ');
}
