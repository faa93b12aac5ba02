import type { Result } from '../../contracts/generated/result.ts';
import { HARNESS_VERSION } from '../foundation/package-root.ts';
import { runMetrics } from './run-metrics.ts';

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string };
}

/** ExportMetricsServiceRequest of OTLP 1, in its JSON form: 64-bit integers are texts, keys are in lowerCamelCase. */
export interface OtlpRequest {
  readonly resourceMetrics: readonly [
    {
      readonly resource: { readonly attributes: readonly Attribute[] };
      readonly scopeMetrics: readonly [
        {
          readonly scope: { readonly name: string; readonly version: string };
          readonly metrics: readonly OtlpMetric[];
        },
      ];
    },
  ];
}

interface OtlpMetric {
  readonly name: string;
  readonly description: string;
  readonly gauge: {
    readonly dataPoints: readonly {
      readonly attributes: readonly Attribute[];
      readonly timeUnixNano: string;
      readonly asDouble: number;
    }[];
  };
}

/**
 * The metrics of a run for an OpenTelemetry collector, at the time when the run ended. Names are those of metrics.prom and hold
 * their units: a metric with a unit of its own would get another name in Prometheus.
 */
export function otlpRequest(result: Result, now = Date.now()): OtlpRequest {
  const { startedAt, lastedMs } = result.window;
  const timeUnixNano = String(BigInt(Math.round(startedAt === null ? now : startedAt + lastedMs)) * 1_000_000n);
  const metrics = runMetrics(result).map(({ name, help, samples }) => ({
    name,
    description: help,
    gauge: {
      dataPoints: samples.map(({ labels, value }) => ({
        attributes: attributes(labels),
        timeUnixNano,
        asDouble: value,
      })),
    },
  }));
  const scope = { name: 'fini-harness', version: HARNESS_VERSION };
  return { resourceMetrics: [{ resource: { attributes: resourceOf(result) }, scopeMetrics: [{ scope, metrics }] }] };
}

function resourceOf({ runId, scenario, target }: Result): Attribute[] {
  return attributes({
    'service.name': 'fini-harness',
    'service.version': HARNESS_VERSION,
    'fini.run.id': runId,
    'fini.scenario': scenario,
    'server.address': new URL(target.baseUrl).hostname,
  });
}

const attributes = (values: Readonly<Record<string, string>>): Attribute[] =>
  Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));
