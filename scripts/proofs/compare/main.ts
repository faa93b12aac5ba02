import { ROWS } from './rows.ts';
import { simulateComparison } from './simulate-comparison.ts';

/** False alarms and power of the comparison, by seeded simulation: `main.ts [how many a row] [part of the rows' names]`. */
const replications = Number(process.argv[2] ?? 2_000);
const wanted = process.argv[3] ?? '';

console.log(`${'what'.padEnd(56)} pairs  turns  noise   regression  no regression  inconclusive`);
for (const { name, ...setting } of ROWS.filter((row) => row.name.includes(wanted))) {
  const counts = { regression: 0, 'no-regression': 0, inconclusive: 0 };
  for (let seed = 0; seed < replications; seed++) counts[simulateComparison(setting, seed).outcome] += 1;
  const share = (count: number): string => `${((count / replications) * 100).toFixed(1)} %`.padStart(12);
  console.log(
    name.padEnd(56),
    String(setting.pairs).padStart(5),
    String(setting.turnsPerRun).padStart(6),
    `${setting.noise * 100} %`.padStart(6),
    share(counts.regression),
    share(counts['no-regression']).padStart(14),
    share(counts.inconclusive).padStart(13),
  );
}
