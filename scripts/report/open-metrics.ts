import { Gauge, Registry } from 'prom-client';
import type { Result } from '../../contracts/generated/result.ts';
import { runMetrics } from './run-metrics.ts';

/**
 * The metrics of a run in the OpenMetrics text format: for GitLab's metrics report, the textfile collector of a node exporter,
 * or a Pushgateway.
 */
export async function renderOpenMetrics(result: Result): Promise<string> {
  const registry = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  for (const { name, help, samples } of runMetrics(result)) {
    const gauge = new Gauge({ name, help, labelNames: Object.keys(samples[0]?.labels ?? {}), registers: [registry] });
    for (const { labels, value } of samples) gauge.set(labels, value);
  }
  return registry.metrics();
}
