import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../scripts/foundation/package-root.ts';
import { type RunMetric, runMetrics } from '../../scripts/report/run-metrics.ts';
import { sampleModel } from '../report/sample-model.ts';
import { DASHBOARD, TARGETS } from './dashboard-targets.ts';

let metrics: ReadonlyMap<string, RunMetric>;
beforeAll(async () => {
  metrics = new Map(runMetrics((await sampleModel('failing')).result).map((metric) => [metric.name, metric]));
});

/** Values of a label among the samples of a metric. */
const valuesOf = (metric: string, label: string): (string | undefined)[] =>
  metrics.get(metric)?.samples.map(({ labels }) => labels[label]) ?? [];

describe('the Grafana dashboard', () => {
  it('is the one that was generated last', () => {
    const stored = readFileSync(join(PACKAGE_ROOT, 'deploy', 'grafana', 'fini-harness-runs.json'), 'utf8');
    expect(JSON.parse(stored)).toEqual(JSON.parse(JSON.stringify(DASHBOARD)));
  });

  it('asks for metrics and labels that runs have, of the data source that is chosen', () => {
    expect(TARGETS.length).toBeGreaterThan(10);
    for (const { expr, legendFormat, datasource } of TARGETS) {
      expect(datasource.uid).toBe('$datasource');
      const selections = [...expr.matchAll(/(fini_\w+)\{([^}]*)\}/g)];
      expect(selections.length, expr).toBe(expr.match(/fini_/g)?.length);
      for (const [, name = '', selectors = ''] of selections) {
        for (const [, label = '', operator, value] of selectors.matchAll(/(\w+)(=~?)"([^"]*)"/g)) {
          const values = valuesOf(name, label);
          if (operator === '=') expect(values, expr).toContain(value);
          else expect(values.filter((each) => each !== undefined).length, expr).toBeGreaterThan(0);
        }
        const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
        for (const label of shown) expect(valuesOf(name, label)[0], `${legendFormat} of ${name}`).toBeDefined();
      }
    }
  });

  it('shows every metric of a run, but for those that only say how much there is', () => {
    const asked = new Set(TARGETS.flatMap(({ expr }) => expr.match(/fini_\w+/g) ?? []));
    expect([...metrics.keys()].filter((name) => !asked.has(name)).sort()).toEqual([
      'fini_gate_verdict',
      'fini_latency_turns',
      'fini_run_complete',
      'fini_run_info',
      'fini_run_started_timestamp_seconds',
      'fini_turns_sent',
    ]);
  });
});
