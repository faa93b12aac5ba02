import { CHOSEN_PAIRS, CHOSEN_TURNS } from '../../compare/interleave/chosen.ts';
import { CHANGES, type Setting, simulateComparison } from './simulate-comparison.ts';

/** False alarms and power of the comparison, by seeded simulation; the first argument is how many a row. */
const replications = Number(process.argv[2] ?? 2_000);

const DESIGNS = [
  { pairs: CHOSEN_PAIRS, turnsPerRun: CHOSEN_TURNS },
  { pairs: 8, turnsPerRun: 500 },
  { pairs: 4, turnsPerRun: 500 },
];
const rows: readonly (Setting & { name: string })[] = DESIGNS.flatMap((design) =>
  [0, 0.03].flatMap((noise) =>
    (['none', 'scale', 'tail'] as const).map((change) => ({
      name: change,
      ...design,
      rho: 0.5,
      noise,
      change: CHANGES[change],
    })),
  ),
);

console.log('change  pairs  turns  noise   regression  no regression  inconclusive');
for (const { name, ...setting } of rows) {
  const counts = { regression: 0, 'no-regression': 0, inconclusive: 0 };
  for (let seed = 0; seed < replications; seed++) counts[simulateComparison(setting, seed).outcome] += 1;
  const share = (count: number): string => `${((count / replications) * 100).toFixed(1)} %`.padStart(12);
  console.log(
    name.padEnd(6),
    String(setting.pairs).padStart(6),
    String(setting.turnsPerRun).padStart(6),
    `${setting.noise * 100} %`.padStart(6),
    share(counts.regression),
    share(counts['no-regression']).padStart(14),
    share(counts.inconclusive).padStart(13),
  );
}
