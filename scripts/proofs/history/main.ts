import { historyOf } from '../../compare/history/history.ts';
import { madeHistory, SCATTERS, type Setting } from './made-history.ts';

/** False alarms and found changes of the history, by seeded simulation; the first argument is how many a row. */
const replications = Number(process.argv[2] ?? 1_000);
const STEADY = { after: 0, slower: 1, errors: [0.002, 0.002] } as const;
const percent = (count: number): string => `${((count / replications) * 100).toFixed(1)} %`.padStart(8);

console.log('Runs of one level: histories with a change point of the metric, or of any; and with a recent one');
console.log('scatter     runs       p95     mean   errors      any   recent');
for (const [name, scatter] of Object.entries(SCATTERS)) {
  for (const runs of [20, 50, 100, 200]) {
    const counts = { 'latency.p95': 0, 'latency.mean': 0, 'errors.share': 0, any: 0, news: 0 };
    for (let seed = 0; seed < replications; seed += 1) {
      const metrics = historyOf(madeHistory({ ...STEADY, runs, scatter }, seed)).groups.flatMap(
        (group) => group.metrics,
      );
      for (const { metric, changes } of metrics) if (changes.length > 0) counts[metric] += 1;
      if (metrics.some(({ changes }) => changes.length > 0)) counts.any += 1;
      if (metrics.some(({ changes }) => changes.some(({ isNews }) => isNews))) counts.news += 1;
    }
    console.log(name.padEnd(10), String(runs).padStart(5), ...Object.values(counts).map(percent));
  }
}

console.log(
  '\nA change so many runs ago in 50: found by the metric within two runs, as the exact run, and as a recent one',
);
console.log('change          runs ago     found    exact   recent');
const found = (name: string, metric: string, setting: Setting): void => {
  const counts = { found: 0, exact: 0, news: 0 };
  const first = setting.runs - setting.after;
  for (let seed = 0; seed < replications; seed += 1) {
    const [group] = historyOf(madeHistory(setting, seed)).groups;
    const changes = group?.metrics.find((each) => each.metric === metric)?.changes ?? [];
    if (changes.some(({ index }) => Math.abs(index - first) <= 2)) counts.found += 1;
    if (changes.some(({ index }) => index === first)) counts.exact += 1;
    if (changes.some(({ isNews }) => isNews)) counts.news += 1;
  }
  console.log(name.padEnd(15), String(setting.after).padStart(8), '', ...Object.values(counts).map(percent));
};
for (const after of [3, 5, 10, 25]) {
  for (const slower of [1.1, 1.2, 1.5]) {
    const setting = { ...STEADY, runs: 50, after, slower, scatter: SCATTERS.normal };
    found(`p95 +${Math.round((slower - 1) * 100)} %`, 'latency.p95', setting);
  }
  const failing = { ...STEADY, runs: 50, after, errors: [0.002, 0.01] as const, scatter: SCATTERS.normal };
  found('errors 0.2-1 %', 'errors.share', failing);
}
